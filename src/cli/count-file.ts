// dauys count FILE: counts a Pabulib election and shows what came out. No database is opened for it.
import { extname } from 'node:path'
import { type Parts, refusal } from './acting.ts'
import { type CountFileOptions, explained, readCounted } from './counted.ts'
import { withProgress } from './progress.ts'
import { countJson, countLines } from './tell-count.ts'
import { writeCount } from './write-count.ts'

export async function countFile(parts: Parts, path: string, options: CountFileOptions): Promise<void> {
  const { explain, lang = parts.textsOf.guess('en'), picture } = options
  if (picture !== undefined && !['.svg', '.png'].includes(extname(picture).toLowerCase()))
    throw refusal('--picture writes a .svg or a .png file')
  const t = parts.textsOf(lang)
  await withProgress(`counting ${path}:`, async () => {
    const counted = await readCounted(path, options, options.pb !== undefined)
    const reason = explain === undefined ? undefined : explained(counted, explain)
    if (options.json) parts.say(JSON.stringify(countJson(counted, reason), null, 2))
    else for (const line of countLines(t, counted, reason)) parts.say(line)
    await writeCount(parts, t, counted, options)
  })
}
