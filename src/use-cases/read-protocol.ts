// What the protocol of a village says beside its published result: by which channels people voted, and which ideas were refused and why.
import { SHOWN_FROM } from '../core/counting/shown.ts'
import type { Localised } from '../core/localised.ts'
import type { ShownCell } from '../core/needs.ts'
import type { PaperSums } from '../core/paper.ts'
import type { Pot } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { type RefusedIdea, refusedIdeas } from '../store/idea-list.ts'
import { boxesOf } from '../store/paper.ts'
import type { App } from './app.ts'
import { readPlace } from './read-place.ts'
import { type PublishedResult, readResult, type ReadResultProblem } from './read-result.ts'

export interface Protocol {
  /** Of each pot, at least one. */
  results: readonly [PublishedResult, ...PublishedResult[]]
  /** People by channel, small numbers left out; none where few voted, or where the ballots that count are not all of them. */
  channels: { channel: string; people: ShownCell }[]
  refused: RefusedIdea[]
  /** Its paper box, where few numbers tell nobody's vote. */
  papers: ProtocolPapers | undefined
}

export interface ProtocolPapers extends PaperSums {
  /** Why its numbers do not fit. */
  note: Localised | null
}

export async function readProtocol(
  app: App,
  cycle: number,
  territory: number,
): Promise<Result<Protocol, ReadResultProblem>> {
  const place = await readPlace(app, cycle, territory)
  const results: PublishedResult[] = []
  for (const { pot } of place?.pots ?? []) {
    const result = await readResult(app, cycle, territory, pot satisfies Pot)
    if (!result.ok) return result
    results.push(result.value)
  }
  const [first, ...others] = results
  if (!first) return fail({ kind: 'not-published' })
  const refused = await refusedIdeas(app.db, cycle, territory)
  const papers = (await boxesOf(app.db, cycle)).find((box) => box.territory === territory)
  return ok({
    results: [first, ...others],
    channels: first.channels,
    refused,
    papers: papers && papersShown(papers, first.ballots),
  })
}

/** Small numbers of papers, or of those who voted otherwise, stand in no protocol; a note does. */
function papersShown(box: PaperSums & { note: Localised | null }, all: number): ProtocolPapers | undefined {
  const { ballots, spoiled, returned, marks, note } = box
  const few = [ballots, all - ballots].some((people) => people > 0 && people < SHOWN_FROM)
  return few ? undefined : { ballots, spoiled, returned, marks, note }
}
