// Casts a ballot: decides on the frozen list, seals, signs its receipt, and appends it with its leaf in one database call, which it
// shares with whoever casts in the same moment.
import { encodeEvent } from '../core/audit/event.ts'
import { leafMac, rowBond } from '../core/audit/mac.ts'
import { leafHash } from '../core/audit/merkle.ts'
import { commitment, receiptNumber, receiptStatement } from '../core/audit/receipt.ts'
import type { BallotProblem } from '../core/ballots/ballot-type.ts'
import { choicesOf } from '../core/ballots/marks.ts'
import { checkSections, encodeSections, sectionsOf } from '../core/ballots/sections.ts'
import { fromHex, toHex } from '../core/bytes.ts'
import { drawUnlikeBankCard } from '../core/luhn.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { sha256 } from '../core/sha256.ts'
import { sealBallot } from '../sealing/ballot-box.ts'
import { sign } from '../sealing/sign.ts'
import { clashOn } from '../store/db.ts'
import type { CastAnswer } from '../store/answers.ts'
import { castSealed, type SealedCast } from '../store/casts.ts'
import type { App, FrozenList } from './app.ts'
import type { Place } from './list-places.ts'
import { frozenList } from './frozen-list.ts'
import { originOf } from './log-origin.ts'

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
  const sealed =
    cast.marks && list.place.cycle.publicKey ? seal(app, list, cast.marks, cast.channel) : undefined
  // A wrong choice is told only when the ballot was not cast already: then its receipt is the answer.
  const box = sealed?.ok ? sealed.value : undefined
  const answer = await castSigned(app, cast, list.place, box)
  if (answer.outcome === 'clash' && sealed?.ok) return castBallot(app, cast)
  if (answer.outcome === 'marks-gone' && sealed && !sealed.ok)
    return fail({ kind: 'choices', problem: sealed.problem })
  return resultOf(answer, list.place)
}

/** The receipt is signed before the call, on our clock; where that is wrong, once more on the database's. */
async function castSigned(
  app: App,
  cast: Sent,
  { cycle }: Place,
  box: Sealed | undefined,
): Promise<CastAnswer> {
  if (!box) return castOnce(app, cast, undefined)
  const origin = originOf(app, cycle.slug)
  const row = { kind: 'ballot', leaf: toHex(box.hash), right: cast.rollRow } as const
  const marked = {
    ...box,
    mac: leafMac(app.secrets.leafKey, origin, box.body),
    bond: rowBond(app.secrets.leafKey, origin, row),
  }
  const signed = (at: string): SealedCast => {
    const statement = receiptStatement({ cycle: cycle.slug, leaf: box.hash, at })
    const signature = sign(app.sodium, statement, app.secrets.logKeys.privateKey)
    return { ...marked, signedAt: at, signature }
  }
  const answer = await castOnce(app, cast, signed(app.now().toISOString()))
  return answer.outcome === 'skew' ? castOnce(app, cast, signed(answer.at)) : answer
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

type Sealed = Pick<SealedCast, 'box' | 'body' | 'hash' | 'receipt'>

/** Checks the marks and seals them; a nonce whose receipt number looks like a bank card is drawn again. */
function seal(
  app: App,
  list: FrozenList,
  marks: readonly string[],
  channel: Channel = 'online',
): Result<Sealed, BallotProblem> {
  const { cycle, pots } = list.place
  const sections = sectionsOf(pots, cycle.ballotTerms, list.projects)
  const checked = checkSections(choicesOf(marks), sections)
  if (!checked.ok) return fail(checked.problem.problem)
  const choices = encodeSections(checked.value, sections)
  const draw = () => sealOnce(app, list.place, choices, channel)
  return ok(drawUnlikeBankCard(draw, ({ receipt }) => receipt))
}

/** Seals choices with a fresh nonce; the receipt number follows from the leaf, so from the nonce. */
function sealOnce(app: App, { cycle, territory }: Place, choices: string, channel: Channel): Sealed {
  const publicKey = fromHex(cycle.publicKey ?? '', 32)
  if (!publicKey || cycle.boxSize === undefined)
    throw new Error('the cycle has no ballot key: it was never opened')
  const nonce = app.random(32)
  const box = sealBallot(app.sodium, publicKey, { nonce, choices }, cycle.boxSize)
  const body = encodeEvent({
    kind: 'ballot',
    cycle: cycle.slug,
    village: String(territory),
    channel,
    commitment: toHex(commitment(cycle.slug, nonce, choices)),
    box: toHex(sha256(box)),
  })
  const hash = leafHash(body)
  return { box, body, hash, receipt: receiptNumber(hash) }
}

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
