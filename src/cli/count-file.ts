// dauys count FILE: counts a Pabulib election and shows what came out. No database is opened for it.
import type { Parts } from './acting.ts'
import { countJson, countLines } from '../documents/count-lines.ts'
import { tableCsv } from '../documents/count-table.ts'
import { type CountFileOptions, explained, readCounted } from './counted.ts'
import { withProgress } from './progress.ts'
import { checkOutputs, electionText, pictureOf, written } from './write-count.ts'

export async function countFile(parts: Parts, path: string, options: CountFileOptions): Promise<void> {
  const { t } = parts
  const { explain, csv, pb, picture, json = false } = options
  checkOutputs(options)
  await withProgress(t('cli.count-counting', { path }), async (mayLast) => {
    const counted = await readCounted(path, options, pb !== undefined, mayLast)
    if (explain !== undefined) mayLast()
    const reason = explain === undefined ? undefined : explained(counted, explain)
    // First the files: whoever reads the lines may close the pipe.
    if (csv !== undefined) await written(parts, csv, tableCsv(t, counted), json)
    if (pb !== undefined) await written(parts, pb, electionText(counted), json)
    if (picture !== undefined) await written(parts, picture, await pictureOf(t, counted, picture), json)
    if (json) parts.say(JSON.stringify(countJson(counted, reason), null, 2))
    else for (const line of countLines(t, counted, reason)) parts.say(line)
  })
}
