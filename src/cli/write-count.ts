// Writes a counted file: its table, the election with its new outcome, the picture.
import { extname } from 'node:path'
import { ballotCount } from '../core/counting/election.ts'
import { metaText } from '../core/formats/pabulib/meta.ts'
import { countPictureSvg } from '../documents/count-picture.ts'
import { createPainter } from '../documents/painter.ts'
import type { T } from '../i18n.ts'
import { type Parts, refusal } from './acting.ts'
import { ruleText } from './count-rule.ts'
import { countedPabulib, hasPoints, tableCsv } from './count-tables.ts'
import { type Counted, type CountFileOptions, namedOf } from './counted.ts'
import { writeNew } from './files.ts'

/** Each file that was asked for; what is there already is not overwritten. */
export async function writeCount(
  parts: Parts,
  t: T,
  counted: Counted,
  options: CountFileOptions,
): Promise<void> {
  const { file, election, terms, count: result } = counted
  const { csv, pb, picture } = options
  const written = async (path: string, content: string | Uint8Array) => {
    await writeNew(path, content)
    if (!options.json) parts.say(`${path} is written.`)
  }
  if (csv !== undefined) await written(csv, tableCsv(t, file, result))
  if (pb !== undefined) {
    const own = [options.rule, options.utility, options.completion, options.exhaustive, options.comparison]
    const text = countedPabulib(
      file,
      result,
      terms,
      own.every((option) => option === undefined),
    )
    if (!text.ok) {
      const { problem } = text
      const what = problem.kind === 'no-key' ? `the file states no ${problem.key}` : `the id "${problem.id}"`
      throw refusal(`--pb: ${what}, and the format needs it`)
    }
    await written(pb, text.value)
  }
  if (picture !== undefined) {
    const svg = countPictureSvg(t, {
      title: metaText(file.meta, 'description') || metaText(file.meta, 'unit') || '',
      notes: [ruleText(terms)],
      points: hasPoints(file),
      projects: file.projects,
      named: namedOf(file),
      ballots: ballotCount(election),
      budget: election.budget,
      count: result,
    })
    const png = extname(picture).toLowerCase() === '.png'
    await written(picture, png ? await createPainter().png(svg) : svg)
  }
}
