// Receipts: "Did my vote arrive?" from the menu, and /receipt with a number for anyone who holds one.
import type { Message } from 'grammy/types'
import { listVoters } from '../../use-cases/list-voters.ts'
import { checkReceipt, looksLikeReceipt } from '../../use-cases/check-receipt.ts'
import { copyReceipt } from '../../use-cases/copy-receipt.ts'
import { readReceipt } from '../../use-cases/read-receipt.ts'
import { arrivedButton, copyReceiptButton, toMenu } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { digitsOnly } from '../numbers.ts'
import type { FeatureParts } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import * as view from './view.ts'

const DIGITS = 14
/** Look-ups of one account: more than anybody types, too few to keep the program busy. */
const LOOK_UPS = { limit: 20, windowMs: 60_000 }

export function receiptFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('receipt', receipt)
  on.button(arrivedButton, (_, talk, { cycle }) => arrived(parts, talk, cycle))
  on.button(copyReceiptButton, (_, talk, { ballot }) => copy(parts, talk, ballot))
  return {
    composer: on.composer,
    recognises: (talk, message) => recognises(parts, talk, message),
  } satisfies Feature
}

async function receipt(parts: FeatureParts, talk: Talk, rest: string): Promise<void> {
  const { t, who, speak } = talk
  if (rest.trim() !== '') return look(parts, talk, rest)
  if (who.home) return arrived(parts, talk, who.home.cycle)
  speak.show({ text: t.html('receipt.none'), buttons: [[toMenu(t)]] })
}

async function arrived(parts: FeatureParts, { t, who, speak }: Talk, cycle: number): Promise<void> {
  speak.show(view.arrivedScreen(t, await listVoters(parts.app, who.id, cycle)))
}

/** The text of a receipt, or a number as long as a receipt's from a person who has a village. */
async function recognises(parts: FeatureParts, talk: Talk, { text }: Message): Promise<boolean> {
  if (text !== undefined && looksLikeReceipt(text)) {
    await check(parts, talk, text)
    return true
  }
  if (!talk.who.home || digitsOnly(text)?.length !== DIGITS) return false
  await look(parts, talk, text ?? '')
  return true
}

async function copy({ app }: FeatureParts, talk: Talk, ballot: string): Promise<void> {
  const text = await copyReceipt(app, ballot, talk.who.id)
  if (text === undefined) return outdated(talk)
  talk.speak.send(view.wholeScreen(text))
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
