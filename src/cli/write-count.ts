// Writes a count: its table, the election with its new outcome, the picture. What is there already is not overwritten.
import { extname } from 'node:path'
import { ballotCount } from '../core/counting/election.ts'
import { hasPoints, metaText } from '../core/formats/pabulib/meta.ts'
import type { T } from '../i18n.ts'
import { ruleName } from '../words/rule.ts'
import { countedPabulib } from '../documents/count-table.ts'
import type { Counted } from '../documents/counted.ts'
import type { Parts } from './acting.ts'
import type { CountOutputs } from './counted.ts'
import { writeNew } from './files.ts'
import { refused } from './refused.ts'

/** Asked before anything is counted. */
export function checkOutputs({ picture }: CountOutputs): void {
  if (picture !== undefined && !['.svg', '.png'].includes(extname(picture).toLowerCase()))
    throw refused('cli.count-picture-kind')
}

/** Says nothing where the lines are for a program. */
export async function written(
  { t, say }: Parts,
  path: string,
  content: string | Uint8Array,
  quiet: boolean,
): Promise<void> {
  await writeNew(path, content)
  if (!quiet) say(t('cli.written', { file: path }))
}

/** The election in the library's format. Throws a refusal where the format cannot hold it. */
export function electionText({ file, count, terms, own }: Counted): string {
  const text = countedPabulib(file, count, terms, own)
  if (text.ok) return text.value
  const { problem } = text
  throw problem.kind === 'no-key'
    ? refused('cli.count-pb-key', { key: problem.key })
    : refused('cli.count-pb-id', { id: problem.id })
}

/** PNG or SVG, as the name of the file asks. */
export async function pictureOf(t: T, counted: Counted, path: string): Promise<string | Uint8Array> {
  const { file, election, terms, count, named, notes } = counted
  const { countPictureSvg } = await import('../documents/count-picture.ts')
  const svg = countPictureSvg(t, {
    title: metaText(file.meta, 'description') || metaText(file.meta, 'unit') || '',
    notes: [...notes, t('documents.picture-rule', { rule: ruleName(t, terms) })],
    points: hasPoints(file),
    projects: file.projects,
    named,
    ballots: ballotCount(election),
    budget: election.budget,
    count,
  })
  if (extname(path).toLowerCase() !== '.png') return svg
  const { createPainter } = await import('../documents/painter.ts')
  return createPainter().png(svg)
}
