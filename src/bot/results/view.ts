// The result as a message that forwards well, and the steps of the count as sentences.
import { graphemeCut } from '../../core/text.ts'
import type { T } from '../../i18n.ts'
import type { PublishedResult } from '../../use-cases/read-result.ts'
import { namedOf, stepSentence } from '../../words/count-steps.ts'
import { placeName } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { AT, at } from '../at.ts'
import { resultsButton, toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { press, type Screen } from '../message.ts'
import { pager } from '../pager.ts'

export const stepsButton = button('rt', { ...AT, pot: 'word', page: 'int' })
export const pictureButton = button('rp', { ...AT, pot: 'word' })

const MESSAGE = 3500
/** Room for the list of winners: what does not fit is counted. */
const WINNERS = 2800

export function resultScreen(t: T, published: PublishedResult): Screen {
  const { place, budget, projects, count, ballots } = published
  const { currency } = place.cycle
  const here = { ...at(place), pot: published.pot }
  const votes =
    published.shows === 'all'
      ? new Map(published.count.votes.map((tally) => [tally.id, tally.score]))
      : undefined
  const winners = count.winners.flatMap((id, index) => {
    const project = projects.find((one) => one.id === id)
    if (!project) return []
    const facts = {
      place: index + 1,
      number: project.number,
      title: graphemeCut(t.of(project.title), 120),
      sum: t.money(project.cost, currency),
    }
    return votes
      ? [t.html('results.winner', { ...facts, count: votes.get(id) ?? 0 })]
      : [t.html('results.winner-few', facts)]
  })
  const [list = ''] = fit(winners, WINNERS)
  const more = winners.length - list.split('\n').length
  const lines = [
    ...trialLines(t, place),
    t.html('results.title', { village: placeName(t, place) }),
    t.html('results.turnout', { voted: ballots }),
    t.html('results.budget', { sum: t.money(budget, currency), left: t.money(count.left, currency) }),
    '',
    ...(winners.length > 0 ? [t.html('results.winners'), list] : [t.html('results.no-winners')]),
    ...(more > 0 ? [t.html('results.winners-more', { more })] : []),
    ...(published.shows === 'winners' ? ['', t.html('results.few')] : []),
  ]
  const steps = published.shows === 'all' && published.count.steps.length > 0
  return {
    text: lines.join('\n'),
    buttons: [
      ...(steps
        ? [
            [
              press(t('results.steps.button'), stepsButton.pack({ ...here, page: 0 })),
              press(t('results.picture.button'), pictureButton.pack(here)),
            ],
          ]
        : []),
      [toMenu(t)],
    ],
  }
}

/** The steps of the count, a sentence each, over as many pages as they need. */
export function stepsScreen(t: T, published: PublishedResult, page: number): Screen {
  const { place } = published
  const here = { ...at(place), pot: published.pot }
  const named = namedOf(place.cycle.currency, published.projects)
  const steps = published.shows === 'all' ? published.count.steps : []
  const sentences = steps.map((step) => stepSentence(t, named, step, (key, facts) => t.html(key, facts)))
  const pages = fit(sentences, MESSAGE)
  const shown = Math.min(page, Math.max(0, pages.length - 1))
  return {
    text: `${t.html('results.steps', { village: placeName(t, place) })}\n\n${pages[shown] ?? t.html('results.few')}`,
    buttons: [
      ...pager(t, shown, pages.length, (to) => stepsButton.pack({ ...here, page: to })),
      [press(t('start.results.button'), resultsButton.pack(here)), toMenu(t)],
    ],
  }
}

/** Lines joined into texts of at most `max` characters. */
function fit(lines: readonly string[], max: number): string[] {
  const texts: string[] = []
  for (const line of lines) {
    const last = texts.at(-1)
    if (last !== undefined && last.length + line.length + 1 <= max)
      texts[texts.length - 1] = `${last}\n${line}`
    else texts.push(line)
  }
  return texts
}
