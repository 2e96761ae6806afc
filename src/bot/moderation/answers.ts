// What a moderator wrote in answer to a question, as a decision; or why it does not fit.
import type { Message } from 'grammy/types'
import { plainWords } from '../../core/formats/headings.ts'
import { type Decision, IDEA_LENGTHS, type RejectReason } from '../../core/idea.ts'
import { readMarks } from '../../core/marks.ts'
import { readRoughSum } from '../../core/rough-sum.ts'
import { foldDigits } from '../../core/text.ts'
import { everyMark, markWords } from '../../words/marks.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import type { Moderating } from './expects.ts'

export type Read = { wrong: string } | { decision: Decision; cost?: undefined } | { cost: number }

/** What the moderator marked in the text above the question, and answered with. */
export const quoteIn = ({ quote }: Message): { quote?: string } =>
  quote?.is_manual === true ? { quote: quote.text } : {}

/** `wrong`: HTML, asked again with it. */
export function readAnswer(
  { textsOf }: FeatureParts,
  { t }: Talk,
  { what, reason, locale }: Moderating,
  text: string,
  quoted: { quote?: string },
): Read {
  if (what === 'cost') {
    const cost = readRoughSum(text)
    return cost === undefined ? { wrong: t.html('moderation.bad-sum') } : { cost }
  }
  if (what === 'marks') {
    const marks = readMarks(text, everyMark(textsOf), plainWords)
    if ('wrong' in marks)
      return { wrong: t.html('moderation.bad-marks', { word: marks.wrong, marks: markWords(t) }) }
    return { decision: { kind: 'edit', titles: {}, texts: {}, marks } }
  }
  if (what === 'merge') {
    const [, number] = /^\s*№?\s*([1-9]\d{0,8})\s*$/.exec(foldDigits(text)) ?? []
    if (number === undefined) return { wrong: t.html('moderation.bad-number') }
    return { decision: { kind: 'merge', into: Number(number) } }
  }
  const field = what === 'title' || what === 'text' ? what : 'note'
  const [least, most] = IDEA_LENGTHS[field]
  const words = text.trim()
  if (words.length < least || words.length > most)
    return { wrong: t.html('moderation.bad-length', { least, most, number: words.length }) }
  if (what === 'return') return { decision: { kind: 'return', question: words, ...quoted } }
  if (what === 'unfeasible') return { decision: { kind: 'unfeasible', why: words } }
  if (what === 'note') return { decision: { kind: 'reject', reason: reason as RejectReason, note: words } }
  const one = { [locale ?? '']: words }
  return {
    decision: { kind: 'edit', titles: what === 'title' ? one : {}, texts: what === 'text' ? one : {} },
  }
}
