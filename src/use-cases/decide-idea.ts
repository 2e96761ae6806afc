// A moderator decides about an idea as it was read: once, with its leaf, and its author is told. Of two at once one is first.
import { ideaHash } from '../core/audit/idea-hash.ts'
import {
  decided,
  type Decision,
  type DecisionKind,
  type IdeaState,
  isOnTheWay,
  LONGEST_QUOTE,
} from '../core/idea.ts'
import { masked } from '../core/masked.ts'
import type { PotTerms } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { Act } from '../core/role.ts'
import { comparedIdea, keysOf } from '../core/similarity.ts'
import { clock } from '../store/clock.ts'
import { placeOfCycle } from '../store/places.ts'
import { cycleById } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { concernedBy, moveWishes } from '../store/idea-wishes.ts'
import { bodyMessageOf } from '../store/idea-media.ts'
import {
  claimIdea as claim,
  type Decided,
  decideHeld,
  type Idea,
  ideaById,
  ideaByNumber,
  ideaForUpdate,
  ideaTermsOf,
} from '../store/ideas.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { tell } from './tell.ts'
import { tellWhoCosts } from './tell-moderators.ts'
import { reachSupport } from './reach-support.ts'
import { transact } from './transact.ts'

export type DecideProblem =
  | NotAllowed
  | { kind: 'no-such-idea' }
  /** Nobody decides about their own. */
  | { kind: 'own-idea' }
  /** Somebody else has it in hand. */
  | { kind: 'claimed'; by: number; until: string }
  /** An appeal goes to another person than the one who refused. */
  | { kind: 'same-person' }
  /** It stands elsewhere by now, or says something else: whoever decides reads it again first. `by`: who was faster. */
  | { kind: 'overtaken'; state: IdeaState; by: number | null }
  | { kind: 'too-dear'; ceiling: number }
  /** The idea to merge into is not there, is this one, or is itself on no way to the ballot. */
  | { kind: 'no-target' }
  | { kind: 'no-words' }
  /** The village has no such pot. */
  | { kind: 'no-pot'; pots: PotTerms[] }

export type { Idea }

const ACT: Record<DecisionKind, Act> = {
  approve: 'moderate-idea',
  edit: 'moderate-idea',
  return: 'moderate-idea',
  reject: 'moderate-idea',
  merge: 'moderate-idea',
  feasible: 'cost-idea',
  unfeasible: 'cost-idea',
}

/** `version`: the one that was read; a command that read just now may leave it out. Returns the idea as it stands afterwards. */
export const decideIdea = (
  app: App,
  id: number,
  decision: Decision,
  { by, version }: { by: Actor; version?: number },
): Promise<Result<Idea, DecideProblem>> =>
  transact<Idea, DecideProblem>(app, async (tx) => {
    const idea = await ideaForUpdate(tx, id)
    if (!idea || idea.number === null) return fail({ kind: 'no-such-idea' })
    const problem = await whyNot(app, tx, idea, decision.kind, by)
    if (problem) return fail(problem)
    const state = decided(idea.state, decision.kind)
    if (state === undefined || idea.project !== null || (version !== undefined && version !== idea.version))
      return fail({ kind: 'overtaken', state: idea.state, by: idea.decidedBy })
    const change = await changeOf(tx, idea, decision)
    if (!change.ok) return change
    await decideHeld(tx, id, { ...change.value, state, decidedBy: typeof by === 'number' ? by : null })
    const after = (await ideaById(tx, id)) as Idea
    await log(app, tx, idea, after, decision, by)
    await tellConcerned(app, tx, after, decision)
    if (decision.kind === 'feasible' && (await cycleById(tx, after.cycle))?.phase === 'support')
      await reachSupport(app, tx, after.cycle, id)
    if (decision.kind === 'approve')
      await tellWhoCosts(app, tx, after, typeof by === 'number' ? by : undefined)
    if (after.mergedInto !== null) await moveWishes(tx, id, change.value.mergedInto as number)
    return ok(after)
  })

async function whyNot(
  app: App,
  tx: Tx,
  idea: Idea,
  kind: DecisionKind,
  by: Actor,
): Promise<DecideProblem | undefined> {
  if (!(await mayAct(app, tx, by, ACT[kind], [idea.territory]))) return { kind: 'not-allowed' }
  if (typeof by !== 'number') return undefined
  if (by === idea.author) return { kind: 'own-idea' }
  if (idea.appealed && by === idea.appealedFrom && idea.state === 'sent') return { kind: 'same-person' }
  const { claimedBy, claimedUntil } = idea
  const held = claimedUntil !== null && Date.parse(claimedUntil) > Date.parse(await clock(tx))
  return claimedBy !== null && claimedBy !== by && held
    ? { kind: 'claimed', by: claimedBy, until: claimedUntil }
    : undefined
}

async function changeOf(tx: Tx, idea: Idea, decision: Decision): Promise<Result<Decided, DecideProblem>> {
  if (decision.kind === 'approve') return ok({ reason: null, note: null, ...ownWords(idea) })
  if (decision.kind === 'return') return ok({ reason: null, note: decision.question })
  if (decision.kind === 'reject') return ok({ reason: decision.reason, note: decision.note ?? null })
  if (decision.kind === 'unfeasible') return ok({ cost: null, onList: null, note: decision.why })
  if (decision.kind === 'edit') {
    const { pot } = decision
    const pots = pot === undefined ? [] : await potsOf(tx, idea)
    if (pot !== undefined && !pots.some((one) => one.pot === pot)) return fail({ kind: 'no-pot', pots })
    return edited(idea, decision)
  }
  if (decision.kind === 'feasible') {
    const { ceiling } = await ideaTermsOf(tx, idea.cycle)
    if (ceiling !== undefined && decision.cost > ceiling) return fail({ kind: 'too-dear', ceiling })
    return ok({ cost: decision.cost, onList: decision.onList, note: null })
  }
  const into = await ideaByNumber(tx, idea.cycle, decision.into)
  const fits = into && into.id !== idea.id && into.territory === idea.territory && isOnTheWay(into.state)
  return fits ? ok({ mergedInto: into.id }) : fail({ kind: 'no-target' })
}

/** What the idea's village votes on. */
const potsOf = async (tx: Tx, { cycle, territory }: Idea): Promise<PotTerms[]> =>
  (await placeOfCycle(tx, cycle, territory))?.pots ?? []

/** The author's own words become those of the list, in their language, phones and links covered, unless a moderator wrote others. */
function ownWords({ titles, texts, title, body, locale }: Idea): Decided {
  return {
    titles: { ...(title !== null && { [locale]: masked(title).text }), ...titles },
    texts: { ...(body !== null && { [locale]: masked(body).text }), ...texts },
  }
}

function edited(
  idea: Idea,
  { titles, texts, ...filed }: Extract<Decision, { kind: 'edit' }>,
): Result<Decided, DecideProblem> {
  const { category, pot, marks } = filed
  const words = [...Object.values(titles), ...Object.values(texts)]
  if (
    words.some((text) => text?.trim() === '') ||
    (words.length === 0 && [category, pot, marks].every((one) => one === undefined))
  )
    return fail({ kind: 'no-words' })
  const after = { titles: { ...idea.titles, ...titles }, texts: { ...idea.texts, ...texts } }
  return ok({
    ...after,
    foundBy: keysOf(comparedIdea({ ...idea, ...after })),
    ...(category !== undefined && { category }),
    ...(pot !== undefined && { pot }),
    ...(marks !== undefined && { marks }),
  })
}

/** Before and after, without a word of a person in it. */
async function log(
  app: App,
  tx: Tx,
  before: Idea,
  after: Idea,
  decision: Decision,
  by: Actor,
): Promise<void> {
  await appendLeaf(app, tx, before.cycle, {
    kind: 'idea-decided',
    at: await clock(tx),
    cycle: before.slug,
    village: String(before.territory),
    idea: before.number ?? 0,
    decision: decision.kind,
    from: before.state,
    to: after.state,
    before: ideaHash(before),
    after: ideaHash(after),
    ...(after.cost !== null && { cost: after.cost }),
    ...(after.mergedInto !== null && { into: after.mergedInto }),
    by: markOf(app, by),
  })
}

/** Its author, and whoever supports or follows it where it went on or ended; once each decision. */
async function tellConcerned(app: App, tx: Tx, idea: Idea, decision: Decision): Promise<void> {
  const { author, others } = await concernedBy(tx, idea.id)
  const notice = {
    kind: 'idea-decided',
    cycle: idea.cycle,
    territory: idea.territory,
    idea: idea.number ?? 0,
    title: idea.titles[idea.locale] ?? idea.title ?? '',
    decision: decision.kind,
    ...(idea.reason !== null && { reason: idea.reason }),
    ...(idea.note !== null && { note: idea.note }),
    ...(idea.cost !== null && { cost: idea.cost }),
    ...(idea.mergedInto !== null && { into: idea.mergedInto }),
    ...(idea.appealed && { last: true }),
  } as const
  const key = `idea:${idea.id}:${idea.version}`
  if (author !== null) {
    const reply = await repliedTo(tx, idea, decision)
    await tell(app, tx, { ...notice, ...reply, mine: true }, { account: author, dedupe: `${key}:${author}` })
  }
  if (QUIET.includes(decision.kind)) return
  for (const { account, supports } of others)
    await tell(
      app,
      tx,
      { ...notice, title: masked(notice.title).text, mine: false, ...(supports ? {} : { follows: true }) },
      { account, dedupe: `${key}:${account}` },
    )
}

/** Whether these words stand in the idea as its author wrote them, and are few enough to be quoted. */
export function quotes({ body }: Pick<Idea, 'body'>, words: string): boolean {
  const quote = words.trim()
  return quote !== '' && quote.length <= LONGEST_QUOTE && body?.includes(quote) === true
}

/** A question answers the message in which the author's text or voice came, and quotes of it what stands there word for word. */
async function repliedTo(tx: Tx, idea: Idea, decision: Decision) {
  if (decision.kind !== 'return') return {}
  const message = await bodyMessageOf(tx, idea.id)
  if (message === null) return {}
  const { quote = '' } = decision
  return { reply: { message, ...(quotes(idea, quote) ? { quote: quote.trim() } : {}) } }
}

/** What concerns the author alone. */
const QUIET: readonly DecisionKind[] = ['edit', 'return']

/** Takes an idea in hand for 24 hours: meanwhile nobody else decides about it. Again, it is renewed. */
export const claimIdea = (app: App, id: number, by: number): Promise<Result<Idea, DecideProblem>> =>
  transact<Idea, DecideProblem>(app, async (tx) => {
    const idea = await ideaForUpdate(tx, id)
    if (!idea || idea.number === null) return fail({ kind: 'no-such-idea' })
    const problem = await whyNot(app, tx, idea, 'approve', by)
    if (problem) return fail(problem)
    if (!(await claim(tx, id, by))) return fail({ kind: 'overtaken', state: idea.state, by: idea.decidedBy })
    return ok((await ideaById(tx, id)) as Idea)
  })

/** Whether this account may decide so about the idea as it read it; nothing is changed. */
export const mayDecide = (
  app: App,
  id: number,
  kind: DecisionKind,
  { by, version }: { by: number; version: number },
): Promise<Result<Idea, DecideProblem>> =>
  transact<Idea, DecideProblem>(app, async (tx) => {
    const idea = await ideaById(tx, id)
    if (!idea || idea.number === null) return fail({ kind: 'no-such-idea' })
    const problem = await whyNot(app, tx, idea, kind, by)
    if (problem) return fail(problem)
    const open = decided(idea.state, kind) !== undefined && idea.version === version
    return open ? ok(idea) : fail({ kind: 'overtaken', state: idea.state, by: idea.decidedBy })
  })
