// The steps of a count as sentences a citizen can follow.
import type { Step } from '../../core/counting/count.ts'
import type { TieBreak } from '../../core/counting/tie-break.ts'
import type { Key, T } from '../../i18n.ts'
import type { PublishedResult } from '../../use-cases/read-result.ts'

const TIE_WORDS: Record<TieBreak, Key> = {
  lots: 'results.by-lots',
  rows: 'results.by-rows',
  cheaper: 'results.by-cheaper',
  dearer: 'results.by-dearer',
  votes: 'results.by-votes',
}

/** "№14 is skipped: it costs 3.2 m, 2.9 m are left." */
export function sentence(
  t: T,
  { place, projects }: Pick<PublishedResult, 'place' | 'projects'>,
  step: Step,
): string {
  const number = (id: string) => projects.find((project) => project.id === id)?.number ?? id
  const money = (sum: number) => t.money(sum, place.cycle.currency)
  switch (step.kind) {
    case 'funded':
      return t.html('results.funded', purse(step))
    case 'skipped-too-dear':
      return t.html('results.skipped', purse(step))
    case 'stopped':
      return t.html('results.stopped', purse(step))
    case 'not-reached':
      return t.html('results.not-reached', { number: number(step.id), count: step.votes })
    case 'below-threshold':
      return t.html('results.below', { number: number(step.id), count: step.votes, needed: step.needed })
    case 'ineligible':
      return t.html('results.ineligible', { number: number(step.id), count: step.votes, needed: step.needed })
    case 'conflict':
      return t.html('results.conflict', { number: number(step.id), other: number(step.with) })
    case 'withdrawn':
      return t.html('results.withdrawn', { number: number(step.id) })
    case 'divided':
      return t.html('results.divided', { voters: step.voters, share: share(step.share) })
    case 'raised':
      return t.html('results.raised', { from: share(step.from), to: share(step.to) })
    case 'bought': {
      const paid = t.html('results.bought', { ...purse(step), payers: step.payers, share: share(step.share) })
      return step.emptied > 0 ? `${paid} ${t.html('results.emptied', { emptied: step.emptied })}` : paid
    }
    case 'not-affordable':
      return t.html('results.not-affordable', {
        number: number(step.id),
        held: money(step.held),
        cost: money(step.cost),
      })
    case 'compared':
      return t.html(step.kept === 'shares' ? 'results.compared-shares' : 'results.compared-greedy', {
        shares: step.forShares,
        greedy: step.forGreedy,
      })
    case 'tie':
      return t.html('results.tie', {
        numbers: step.ids.map((id) => `№ ${number(id)}`).join(', '),
        by: step.by.map((word) => t(TIE_WORDS[word])).join(', '),
      })
  }

  function purse(of: { id: string; votes: number; cost: number; left: number }) {
    return { number: number(of.id), count: of.votes, cost: money(of.cost), left: money(of.left) }
  }

  /** An exact share, `25000` or `1000/3`, rounded down for reading. */
  function share(exact: string): string {
    const [numerator = '0', denominator = '1'] = exact.split('/')
    return money(Number(BigInt(numerator) / BigInt(denominator)))
  }
}
