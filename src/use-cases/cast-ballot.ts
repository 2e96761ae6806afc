// Casts a ballot: decides on the frozen list, seals, signs its receipt, and appends it with its leaf in one database call, which it
// shares with whoever casts in the same moment.
import type { BallotProblem } from '../core/ballots/ballot-type.ts'
import { choicesOf } from '../core/ballots/marks.ts'
import { checkSections, encodeSections, sectionsOf } from '../core/ballots/sections.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clashOn } from '../store/db.ts'
import type { CastAnswer } from '../store/answers.ts'
import { castSealed, type SealedCast } from '../store/casts.ts'
import type { App, FrozenList } from './app.ts'
import type { Place } from './list-places.ts'
import { frozenList } from './frozen-list.ts'
import { originOf } from './log-origin.ts'
import { type CastTerms, sealCast, sealingKeys, type SealTools, signReceipt } from './seal-cast.ts'

export type CastProblem =
  | { kind: 'not-verified' }
  | { kind: 'marks-gone' }
  | { kind: 'desk' }
  | { kind: 'paper' }
  | { kind: 'closed'; closesAt: string | undefined }
  /** It stands still: suspended, or void for good. */
  | { kind: 'halted' }
  | { kind: 'voted' }
  /** The database's clock and ours disagree, so that no receipt can be signed at its time: nothing was recorded. */
  | { kind: 'clock' }
  | { kind: 'choices'; problem: BallotProblem }

export interface Receipt {
  number: string
  /** UTC ISO in milliseconds: the time in the signed receipt. */
  at: string
  cycle: number
  rollRow: number
  /** It had been cast before: the same Send again. */
  repeat: boolean
  /** The person has been shown the receipt already. */
  shown: boolean
  /** Whose it is, as the account tells its people apart. */
  person: { serial: number | null; label: string | null } | undefined
  /** Where; of its cycle only what is frozen is to be relied on. */
  place: Place
}

interface Sent {
  ballot: string
  account: number
  cycle: number
  territory: number
  rollRow: number
  /** `assisted`: opened on a facilitator's phone for the person of the row. */
  channel?: Channel
}

type Channel = 'online' | 'assisted'

/**
 * `marks`: as `markOf` writes them, or undefined when the session store lost them; a ballot that was cast already still answers with
 * its receipt then. `rollRow`: the right that it was opened for. Safe to repeat: one opened ballot is one ballot.
 */
export async function castBallot(
  app: App,
  cast: Sent & { marks: readonly string[] | undefined },
): Promise<Result<Receipt, CastProblem>> {
  const list = await frozenList(app, cast.cycle, cast.territory)
  if (!list) return fail({ kind: 'not-verified' })
  // A list that was never opened for voting has no key to seal to: the database then says why not.
  const choices = cast.marks && list.place.cycle.publicKey ? choicesToSeal(list, cast.marks) : undefined
  // A wrong choice is told only when the ballot was not cast already: then its receipt is the answer.
  const sealed = choices?.ok ? await seal(app, list.place, cast, choices.value) : undefined
  const answer = await castSigned(app, cast, list.place, sealed)
  if (answer.outcome === 'clash' && sealed) return castBallot(app, cast)
  if (answer.outcome === 'marks-gone' && choices && !choices.ok)
    return fail({ kind: 'choices', problem: choices.problem })
  return resultOf(answer, list.place)
}

/** The receipt is signed before the call, on our clock; where that is wrong, once more on the database's. */
async function castSigned(
  app: App,
  cast: Sent,
  { cycle }: Place,
  sealed: SealedCast | undefined,
): Promise<CastAnswer> {
  const answer = await castOnce(app, cast, sealed)
  if (answer.outcome !== 'skew' || !sealed) return answer
  const { at } = answer
  const signature = signReceipt(toolsOf(app), { cycle: cycle.slug, leaf: sealed.hash, at })
  return castOnce(app, cast, { ...sealed, signedAt: at, signature })
}

async function castOnce(app: App, cast: Sent, box: SealedCast | undefined): Promise<CastAnswer> {
  try {
    return await castSealed(app.db, cast.channel ?? 'online', { ...cast, sealed: box })
  } catch (error) {
    const clash = clashOn(error)
    if (clash === 'ballot_receipt' || clash === 'leaf_hash') return { outcome: 'clash' }
    throw error
  }
}

/** Checks the marks and spells them as they are sealed. */
function choicesToSeal(
  { place, projects }: FrozenList,
  marks: readonly string[],
): Result<string, BallotProblem> {
  const sections = sectionsOf(place.pots, place.cycle.ballotTerms, projects)
  const checked = checkSections(choicesOf(marks), sections)
  return checked.ok ? ok(encodeSections(checked.value, sections)) : fail(checked.problem.problem)
}

/** In a thread while many cast, where there is one. */
function seal(
  app: App,
  { cycle, territory }: Place,
  { rollRow, channel = 'online' }: Sent,
  choices: string,
): SealedCast | Promise<SealedCast> {
  const { slug, publicKey, boxSize } = cycle
  if (!publicKey || boxSize === undefined) throw new Error('the cycle has no ballot key: it was never opened')
  const terms: CastTerms = {
    cycle: slug,
    origin: originOf(app, slug),
    village: territory,
    channel,
    publicKey,
    boxSize,
    choices,
    right: rollRow,
    at: app.now().toISOString(),
  }
  return app.seal ? app.seal(terms) : sealCast(toolsOf(app), terms)
}

const toolsOf = ({ sodium, random, secrets }: App): SealTools => ({
  sodium,
  random,
  ...sealingKeys(secrets),
})

function resultOf(answer: CastAnswer, place: Place): Result<Receipt, CastProblem> {
  switch (answer.outcome) {
    case 'cast':
    case 'repeat': {
      const { outcome, receipt, at, cycle, rollRow, person, shown } = answer
      return ok({
        number: receipt,
        at,
        cycle,
        rollRow,
        repeat: outcome === 'repeat',
        shown,
        person: person ?? undefined,
        place,
      })
    }
    case 'not-yours':
      return fail({ kind: 'not-verified' })
    case 'closed':
      return fail({ kind: 'closed', closesAt: answer.at ?? undefined })
    case 'skew':
      return fail({ kind: 'clock' })
    case 'clash':
      throw new Error('a receipt number clashed without a sealed ballot')
    case 'marks-gone':
    case 'desk':
    case 'paper':
    case 'voted':
    case 'halted':
      return fail({ kind: answer.outcome })
  }
}
