// A paper box is typed in after the close, twice, by two people; once they agree it is sealed to the cycle's key and stands in the log.
import { typedMark } from '../core/audit/mac.ts'
import { canonicalPapers, paperCommitment } from '../core/audit/paper.ts'
import { sectionsOf } from '../core/ballots/sections.ts'
import { fromHex, toHex, utf8 } from '../core/bytes.ts'
import type { Phase } from '../core/cycle.ts'
import { asTyped, moreOften, type Papers, type PapersProblem, papersFit, readPapers } from '../core/paper.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { sha256 } from '../core/sha256.ts'
import { boxSize, sealBallot } from '../sealing/ballot-box.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleForUpdate } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { boxesOf, insertBox, paperMarks, putTyped, type TypedBox, typedByOthers } from '../store/paper.ts'
import { placeOfCycle } from '../store/places.ts'
import { projectsOf } from '../store/projects.ts'
import { accountMark } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { originOf } from './log-origin.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { tell } from './tell.ts'
import { transact } from './transact.ts'

type Where = { cycle: number; territory: number }

export type EnterPapersProblem =
  | { kind: 'no-such-cycle' }
  | NotAllowed
  /** Only between the close and the publication. */
  | { kind: 'not-counting'; phase: Phase }
  | { kind: 'halted' }
  /** No paper was handed out in this village. */
  | { kind: 'no-papers' }
  /** Two people agreed on it before. */
  | { kind: 'entered-before' }
  | { kind: 'bad-returned' }
  | PapersProblem

/** As a clerk types a paper, and how often. */
export interface TypedPaper {
  paper: string
  count: number
}

/**
 * `first`: nobody else typed it yet. `differs`: somebody else typed it otherwise, and nothing counts yet: their numbers, and which of
 * the papers typed here they have not, or not so often. `fits`: as many papers as were handed out and did not come back.
 */
export type EnteredPapers =
  | { kind: 'first'; ballots: number; spoiled: number }
  | {
      kind: 'differs'
      mine: { ballots: number; spoiled: number; returned: number }
      theirs: { ballots: number; spoiled: number; returned: number }
      papers: TypedPaper[]
    }
  | { kind: 'agreed'; fits: boolean; ballots: number; spoiled: number; returned: number; marks: number }

/** `text`: a line a paper, as `readPapers` has it; `returned`: papers that came back unused. Typed again, it takes the place of what was typed. */
export const enterPapers = (
  app: App,
  where: Where,
  { text, returned }: { text: string; returned: number },
  by: number,
): Promise<Result<EnteredPapers, EnterPapersProblem>> =>
  transact<EnteredPapers, EnterPapersProblem>(app, async (tx) => {
    const cycle = await cycleForUpdate(tx, where.cycle)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!(await mayAct(app, tx, by, 'enter-papers', [where.territory]))) return fail({ kind: 'not-allowed' })
    const marks = await whyNot(tx, cycle, where.territory)
    if (!marks.ok) return marks
    if (!Number.isInteger(returned) || returned < 0 || returned > marks.value)
      return fail({ kind: 'bad-returned' })
    const projects = await projectsOf(tx, cycle.id, where.territory)
    const place = await placeOfCycle(tx, cycle.id, where.territory)
    const papers = readPapers(text, sectionsOf(place?.pots ?? [], cycle.ballotTerms, projects))
    if (!papers.ok) return papers
    const markOf = marker(app, cycle, where.territory)
    const mine = { papers: papers.value.ballots.map(markOf), spoiled: papers.value.spoiled, returned }
    await putTyped(tx, { ...where, account: by }, mine)
    const others = await typedByOthers(tx, { ...where, account: by })
    const same = others.find((one) => sameBox(mine, one))
    if (same)
      return ok(
        await settle(app, tx, cycle, where, { papers: papers.value, returned, marks: marks.value }, [
          same.account,
          by,
        ]),
      )
    const [newest] = others
    if (!newest) return ok({ kind: 'first', ballots: mine.papers.length, spoiled: mine.spoiled })
    for (const { account } of others) await tellDiffers(app, tx, where, by, account, mine)
    const more = moreOften(mine.papers, newest.papers)
    const typed = new Map(papers.value.ballots.map((list) => [markOf(list), asTyped(list, projects)]))
    return ok({
      kind: 'differs',
      mine: numbersOf(mine),
      theirs: numbersOf(newest),
      papers: [...more].map(([mark, count]) => ({ paper: typed.get(mark) ?? '', count })),
    })
  })

/** How many papers were handed out in the village, where its box may be typed in now. */
async function whyNot(tx: Tx, cycle: Cycle, territory: number): Promise<Result<number, EnterPapersProblem>> {
  if (cycle.halt) return fail({ kind: 'halted' })
  if (cycle.phase !== 'counting') return fail({ kind: 'not-counting', phase: cycle.phase })
  if ((await boxesOf(tx, cycle.id)).some((one) => one.territory === territory))
    return fail({ kind: 'entered-before' })
  const handed = (await paperMarks(tx, cycle.id)).find((one) => one.territory === territory)
  return handed ? ok(handed.marks) : fail({ kind: 'no-papers' })
}

const marker =
  (app: App, cycle: Cycle, territory: number) =>
  (list: string): string =>
    typedMark(app.secrets.leafKey, originOf(app, cycle.slug), String(territory), list)

const numbersOf = ({ papers, spoiled, returned }: TypedBox) => ({ ballots: papers.length, spoiled, returned })

const sameBox = (mine: TypedBox, theirs: TypedBox): boolean =>
  mine.papers.length === theirs.papers.length &&
  mine.spoiled === theirs.spoiled &&
  mine.returned === theirs.returned &&
  moreOften(mine.papers, theirs.papers).size === 0

/** Once for each entry that differs from theirs. */
const tellDiffers = (
  app: App,
  tx: Tx,
  where: Where,
  by: number,
  account: number,
  mine: TypedBox,
): Promise<void> => {
  const typed = toHex(sha256(utf8(JSON.stringify(mine)))).slice(0, 16)
  return tell(
    app,
    tx,
    { kind: 'papers-differ', ...where, by },
    { account, dedupe: `papers-differ:${where.cycle}:${where.territory}:${by}:${account}:${typed}` },
  )
}

/** The papers are sealed under one nonce; the order in which they were typed is in no row and no leaf. */
async function settle(
  app: App,
  tx: Tx,
  cycle: Cycle,
  where: Where,
  { papers, returned, marks }: { papers: Papers; returned: number; marks: number },
  [first, second]: readonly [number, number],
): Promise<EnteredPapers> {
  const publicKey = fromHex(cycle.publicKey ?? '', 32)
  if (!publicKey) throw new Error('the cycle has no ballot key: it was never opened')
  const text = canonicalPapers(papers.ballots)
  const nonce = app.random(32)
  const box = sealBallot(app.sodium, publicKey, { nonce, choices: text }, boxSize(utf8(text).length))
  const sums = { ballots: papers.ballots.length, spoiled: papers.spoiled, returned, marks }
  await insertBox(tx, where, { ...sums, box })
  const village = String(where.territory)
  await appendLeaf(app, tx, cycle.id, {
    kind: 'paper-entered',
    at: await clock(tx),
    cycle: cycle.slug,
    village,
    ...sums,
    commitment: toHex(paperCommitment({ cycle: cycle.slug, village }, nonce, text)),
    box: toHex(sha256(box)),
    by: accountMark(app, first),
    second: accountMark(app, second),
  })
  return { kind: 'agreed', fits: papersFit(sums), ...sums }
}
