// Why a project won or did not, what was missing, and what its supporters paid, as sentences a citizen can follow.
import { lostTie, whyNot, type WhyNot } from '../core/counting/explain.ts'
import type { Count } from '../core/counting/count.ts'
import type { WouldWin } from '../core/counting/missing.ts'
import type { SupportersPaid } from '../core/counting/supporters.ts'
import type { T } from '../i18n.ts'
import { type Named, type Say, sumWriter, TIE_WORDS, wholeOf } from './count-steps.ts'

/** The reason, and the tie that was lost, if one was. */
export function whySentences(t: T, named: Named, count: Count, id: string, say: Say = t): string[] {
  const { number } = named
  const tie = lostTie(count, id)
  const lost = tie && {
    numbers: tie.ids.map((one) => `№\u00a0${number(one)}`).join(', '),
    chosen: tie.chosen.map((one) => `№\u00a0${number(one)}`).join(', '),
    by: tie.by.map((word) => t(TIE_WORDS[word])).join(', '),
  }
  return [reason(t, named, whyNot(count, id), id, say), ...(lost ? [say('results.why-tie', lost)] : [])]
}

function reason(t: T, named: Named, why: WhyNot, id: string, say: Say): string {
  const { number, points } = named
  const money = sumWriter(t, named)
  const own = { number: number(id) }
  switch (why.kind) {
    case 'won':
      return say('results.why-won', { ...own, place: why.place, left: money(why.left) })
    case 'too-dear':
    case 'stopped-here': {
      const sums = { cost: money(why.cost), left: money(why.left), missing: money(why.missing) }
      return say(why.kind === 'too-dear' ? 'results.why-too-dear' : 'results.why-stopped', {
        ...own,
        ...sums,
      })
    }
    case 'not-reached':
      return say(points ? 'results.why-not-reached-points' : 'results.why-not-reached', {
        ...own,
        stop: number(why.stoppedAt),
        there: why.votesThere,
        votes: why.votes,
      })
    case 'too-few-votes':
      return say(points ? 'results.why-too-few-points' : 'results.why-too-few', {
        ...own,
        votes: why.votes,
        needed: why.needed,
        missing: why.missing,
      })
    case 'conflict':
      return say('results.why-conflict', { ...own, other: number(why.with) })
    case 'supporters-short':
      return say('results.why-short', {
        ...own,
        cost: money(why.cost),
        held: money(why.held),
        missing: money(why.missing),
      })
    case 'outvoted':
      return say('results.why-outvoted', own)
    case 'withdrawn':
      return say('results.why-withdrawn', own)
    case 'unknown-project':
      throw new Error('a reason is asked for a project that is not in the count')
  }
}

/** What would have helped a loser; `fewest` and `highest` are said only where the recounts prove them. */
export function wouldSentences(t: T, named: Named, { voters, cost }: WouldWin, say: Say = t): string[] {
  if (!voters && !cost) return [say('results.would-not')]
  const more = voters && { more: voters.more }
  const sum = cost && { cost: sumWriter(t, named)(cost.cost) }
  return [
    ...(more ? [say(voters.fewest ? 'results.would-voters-fewest' : 'results.would-voters', more)] : []),
    ...(sum ? [say(cost.highest ? 'results.would-cost-highest' : 'results.would-cost', sum)] : []),
  ]
}

/** Equal Shares: what those behind a project spent their shares on. */
export function paidSentences(
  t: T,
  named: Named,
  count: Count,
  { voters, paid, left }: SupportersPaid,
  say: Say = t,
): string[] {
  const { number } = named
  const money = (exact: string) => sumWriter(t, named)(wholeOf(exact))
  const raised = count.steps.find((step) => step.kind === 'raised')
  const divided = count.steps.find((step) => step.kind === 'divided')
  return [
    say('results.paid-share', { voters, share: money(raised?.to ?? divided?.share ?? '0') }),
    ...paid.map((one) => say('results.paid-for', { number: number(one.id), paid: money(one.paid) })),
    say('results.paid-left', { left: money(left) }),
  ]
}
