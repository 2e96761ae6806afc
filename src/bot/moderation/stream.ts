// What comes in of needs and ideas, as an official watches it: what repeats stands first.
import type { T } from '../../i18n.ts'
import {
  type IdeaGroup,
  type NeedInStream,
  type Stream,
  STREAMS,
  watchedCycles,
  watchIdeas,
  watchNeeds,
} from '../../use-cases/idea-stream.ts'
import { categoryName } from '../../words/category.ts'
import { ideaTitle } from '../../words/idea.ts'
import { apartText } from '../../words/need.ts'
import { toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { type Button, cutLabel, press, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'
import type { FeatureParts } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'

export const streamButton = button('ms', { cycle: 'int', page: 'int', by: 'word' })

const PAGE = 8
/** Of a group, so many ideas are named by their numbers. */
const MOST_NUMBERS = 20

/** Below what waits for a decision, for an official: each cycle that they watch. */
export async function streamRows({ app }: FeatureParts, { t, who }: Talk): Promise<Button[][]> {
  return (await watchedCycles(app, who.id)).map(({ cycle, title }) => [
    press(
      cutLabel(t('moderation.stream.button', { title: t.of(title) })),
      streamButton.pack({ cycle, page: 0, by: 'likeness' }),
    ),
  ])
}

export async function stream(
  { app }: FeatureParts,
  talk: Talk,
  { cycle, page, by }: { cycle: number; page: number; by: string },
): Promise<void> {
  const { t, who, speak } = talk
  const known = STREAMS.find((one) => one === by)
  if (!known) return outdated(talk)
  const found =
    known === 'need' ? await watchNeeds(app, who.id, cycle) : await watchIdeas(app, who.id, cycle, known)
  if (!found) return speak.show({ text: t.html('moderation.stream-not-allowed'), buttons: [[toMenu(t)]] })
  const lines = found.map((one) => ('need' in one ? needLine(t, one) : groupLine(t, known, one)))
  speak.show(streamScreen(t, { cycle, page, by: known, lines }))
}

/** `lines`: HTML. */
export function streamScreen(
  t: T,
  { cycle, page, by, lines }: { cycle: number; page: number; by: Stream; lines: readonly string[] },
): Screen {
  const { at, pages, shown } = pageOf(lines, page, PAGE)
  const others = STREAMS.filter((one) => one !== by).map((one) =>
    press(t(`moderation.stream-${one}.button`), streamButton.pack({ cycle, page: 0, by: one })),
  )
  return {
    text: [
      `<b>${t.html(`moderation.stream-${by}`)}</b>`,
      ...(lines.length === 0 ? [t.html('moderation.stream-none')] : shown),
      ...(pages > 1 ? [t.html('common.page', { page: at + 1, pages })] : []),
    ].join('\n'),
    buttons: [
      ...pager(t, at, pages, (to) => streamButton.pack({ cycle, page: to, by })),
      others.slice(0, 2),
      others.slice(2),
      [toMenu(t)],
    ],
  }
}

function groupLine(t: T, by: Stream, { key, ideas }: IdeaGroup): string {
  const [first] = ideas
  const title = first ? ideaTitle(t, first) : key
  const names: Record<Stream, () => string> = {
    likeness: () => title,
    category: () => (key === '' ? t('ideas.line-voice-only') : categoryName(t, key)),
    place: () => (first ? t.of(first.village) : key),
    week: () => t.day(`${key}T12:00:00Z`),
    need: () => key,
  }
  const numbers = ideas.slice(0, MOST_NUMBERS).map(({ number }) => `№\u00a0${number}`)
  const more = ideas.length > MOST_NUMBERS ? ' …' : ''
  return t.html('moderation.stream-line', {
    name: names[by](),
    number: ideas.length,
    numbers: `${numbers.join(', ')}${more}`,
  })
}

const needLine = (t: T, { number, need, villages }: NeedInStream): string =>
  [
    t.html('consult.need', { number, need: t.of(need) }),
    ...villages
      .slice(0, PAGE)
      .map(({ name, marks }) =>
        t.html('moderation.stream-said', { village: t.of(name), said: apartText(t, marks) }),
      ),
  ].join('\n')
