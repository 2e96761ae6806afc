// Receipts: "Did my vote arrive?" from the menu, and /receipt with a number for anyone who holds one.
import type { Message } from 'grammy/types'
import { RECEIPT_DIGITS } from '../../core/typed-number.ts'
import { earlierVoters, listVoters } from '../../use-cases/list-voters.ts'
import { checkReceipt, looksLikeReceipt } from '../../use-cases/check-receipt.ts'
import { copyReceipt } from '../../use-cases/copy-receipt.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { readReceipt } from '../../use-cases/read-receipt.ts'
import { arrivedButton, copyReceiptButton, toMenu } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { numberIn } from '../numbers.ts'
import { once } from '../once.ts'
import type { FeatureParts } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import * as view from './view.ts'

/** Look-ups of one account: more than anybody types, too few to keep the program busy. */
const LOOK_UPS = { limit: 20, windowMs: 60_000 }

export function receiptFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('receipt', receipt)
  on.shows(arrivedButton, (_, talk, { cycle }) => arrived(parts, talk, cycle))
  on.shows(copyReceiptButton, (_, talk, { ballot }) => copy(parts, talk, ballot))
  return {
    composer: on.composer,
    opens: { receipt: (talk, number) => look(parts, talk, number) },
    recognises: (talk, message) => recognises(parts, talk, message),
  } satisfies Feature
}

async function receipt(parts: FeatureParts, talk: Talk, rest: string): Promise<void> {
  const number = numberIn(rest)
  if (rest.trim() !== '') return look(parts, talk, number.kind === 'receipt' ? number.number : rest)
  return arrived(parts, talk, talk.who.home?.cycle ?? 0)
}

/** Where nobody has voted in this vote, an earlier one may be what is asked for. */
async function arrived({ app }: FeatureParts, { t, who, speak }: Talk, cycle: number): Promise<void> {
  const people = await listVoters(app, who.id, cycle)
  const voted = people.some(({ castAt }) => castAt)
  const territory = people[0]?.territory ?? who.home?.territory
  const place = territory === undefined ? undefined : await readPlace(app, cycle, territory)
  const earlier = voted ? undefined : await earlierVoters(app, who.id, cycle)
  speak.show(view.arrivedScreen(t, people, earlier, place?.cycle))
}

/** The text of a receipt, or its number: whole, or as long as one and mistyped. */
async function recognises(parts: FeatureParts, talk: Talk, { text }: Message): Promise<boolean> {
  if (text !== undefined && looksLikeReceipt(text)) {
    await check(parts, talk, text)
    return true
  }
  const number = numberIn(text)
  const mistyped = number.kind === 'digits' && number.alone && number.digits.length === RECEIPT_DIGITS
  if (number.kind !== 'receipt' && !mistyped) return false
  await look(parts, talk, number.kind === 'receipt' ? number.number : number.digits)
  return true
}

async function copy(parts: FeatureParts, talk: Talk, ballot: string): Promise<void> {
  const text = await copyReceipt(parts.app, ballot, talk.who.id)
  if (text === undefined) return outdated(talk)
  await once(parts, talk, `copy:${ballot}`, () => talk.speak.send(view.wholeScreen(text)))
}

async function look(parts: FeatureParts, talk: Talk, text: string): Promise<void> {
  if (!(await mayLookUp(parts, talk))) return
  const found = await readReceipt(parts.app, text)
  if (!found.ok) return talk.speak.show(view.receiptProblem(talk.t, found.problem))
  const [vote] = found.value
  if (vote) talk.speak.show(view.receiptScreen(talk.t, vote))
}

async function check(parts: FeatureParts, talk: Talk, text: string): Promise<void> {
  if (!(await mayLookUp(parts, talk))) return
  const checked = await checkReceipt(parts.app, text)
  talk.speak.show(
    checked.ok ? view.checkedScreen(talk.t, checked.value) : view.checkProblem(talk.t, checked.problem),
  )
}

/** Says so where somebody asks too often. */
async function mayLookUp({ session }: FeatureParts, { t, who, speak }: Talk): Promise<boolean> {
  const may = await session.allow(`receipt:${who.id}`, LOOK_UPS.limit, LOOK_UPS.windowMs)
  if (!may)
    speak.show({ text: t.html('receipt.too-many', { count: LOOK_UPS.limit }), buttons: [[toMenu(t)]] })
  return may
}
