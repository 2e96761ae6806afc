// The result as a message that forwards well, and the steps of the count as sentences.
import { byPoints } from '../../core/counting/count.ts'
import { graphemeCut } from '../../core/text.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import type { PublishedResult } from '../../use-cases/read-result.ts'
import { channelsLine } from '../../words/channel.ts'
import { namedOf, stepSentence } from '../../words/count-steps.ts'
import { placeName } from '../../words/place.ts'
import { potName, withPot } from '../../words/pot.ts'
import { underReview } from '../../words/review.ts'
import { trialLines } from '../../words/trial.ts'
import { changedLines } from '../../words/work.ts'
import { AT, at } from '../at.ts'
import { resultsButton, toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { cutLabel, press, type Screen } from '../message.ts'
import { pager } from '../pager.ts'

export const stepsButton = button('rt', { ...AT, pot: 'word', page: 'int' })
export const pictureButton = button('rp', { ...AT, pot: 'word' })
export const documentsButton = button('rd', { ...AT, pot: 'word' })

const MESSAGE = 3500
/** Room for the list of winners: what does not fit is counted. */
const WINNERS = 2800

/** A message that forwards well. `link`: opens the bot in this village. */
export function resultScreen(t: T, published: PublishedResult, link: string): Screen {
  const { place, budget, projects, count } = published
  const { currency } = place.cycle
  const here = { ...at(place), pot: published.pot }
  const votes =
    published.shows === 'all'
      ? new Map(published.count.votes.map((tally) => [tally.id, tally.score]))
      : undefined
  const points = published.shows === 'all' && byPoints(published.count.votes)
  const winners = count.winners.flatMap((id, index) => {
    const project = projects.find((one) => one.id === id)
    if (!project) return []
    const facts = {
      place: index + 1,
      number: project.number,
      title: graphemeCut(t.of(project.title), 120),
      sum: t.money(project.cost, currency),
    }
    const worded = points ? 'results.winner-points' : 'results.winner'
    return votes
      ? [t.html(worded, { ...facts, count: votes.get(id) ?? 0 })]
      : [t.html('results.winner-few', facts)]
  })
  const changed = published.changed.length > 0 ? ['', ...changedLines(t, published.changed, currency)] : []
  const [list = ''] = fit(winners, WINNERS - changed.join('\n').length)
  const more = winners.length - list.split('\n').length
  const lines = [
    ...trialLines(t, place),
    t.html('results.title', { village: withPot(t, placeName(t, place), place, published.pot) }),
    escapeHtml(t.of(place.cycle.title)),
    t.html('results.published', { time: t.dated(published.publishedAt) }),
    ...underReview(t, published).map((said) => t.html(...said)),
    ...turnoutLines(t, published),
    t.html('results.budget', { sum: t.money(budget, currency), left: t.money(count.left, currency) }),
    '',
    ...(winners.length > 0 ? [t.html('results.winners'), list] : [t.html('results.no-winners')]),
    ...(more > 0 ? [t.html('results.winners-more', { more })] : []),
    ...changed,
    // Where nothing could be chosen, nothing is kept back.
    ...(published.shows === 'winners' && projects.length > 0 ? ['', t.html('results.few')] : []),
    '',
    link,
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
      [press(t('results.documents.button'), documentsButton.pack(here)), toMenu(t)],
      ...otherPots(t, published),
    ],
  }
}

/** How many voted, and how, where not everybody did so alone. */
function turnoutLines(t: T, { ballots, roll, channels }: PublishedResult): string[] {
  const ways = channelsLine(t, channels)
  return [
    roll > 0
      ? t.html('results.turnout-of', { voted: ballots, roll })
      : t.html('results.turnout', { voted: ballots }),
    ...(ways === undefined ? [] : [t.html('results.channels', { channels: ways })]),
  ]
}

/** The results of the other pots of the village, a row each. */
const otherPots = (t: T, { place, pot }: PublishedResult) =>
  place.pots
    .filter((other) => other.pot !== pot)
    .map((other) => [
      press(
        cutLabel(t('vote.pot.button', { pot: potName(t, other) })),
        resultsButton.pack({ ...at(place), pot: other.pot }),
      ),
    ])

/** A result that is not what the log published is shown to nobody. `fault`: told to those who hold a role. */
export const checkedScreen = (t: T, fault: string | undefined): Screen => ({
  text: [
    t.html('results.being-checked'),
    ...(fault === undefined ? [] : [t.html('results.checked-fault', { fault })]),
  ].join('\n\n'),
  buttons: [[toMenu(t)]],
})

/** The steps of the count, a sentence each, over as many pages as they need. */
export function stepsScreen(t: T, published: PublishedResult, page: number): Screen {
  const { place } = published
  const here = { ...at(place), pot: published.pot }
  const all = published.shows === 'all' ? published.count : undefined
  const named = namedOf(place.cycle.currency, published.projects, all?.votes)
  const steps = all?.steps ?? []
  const sentences = steps.map((step) => stepSentence(t, named, step, (key, facts) => t.html(key, facts)))
  const pages = fit(sentences, MESSAGE)
  const shown = Math.min(page, Math.max(0, pages.length - 1))
  return {
    text: [
      ...trialLines(t, place),
      t.html('results.steps', { village: withPot(t, placeName(t, place), place, published.pot) }),
      '',
      pages[shown] ?? t.html('results.few'),
    ].join('\n'),
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
