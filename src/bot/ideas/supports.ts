// What a village may support: the list, one idea with all it says, and the press that counts once.
import type { T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { type Supportable, supportable, supportIdea } from '../../use-cases/support-idea.ts'
import { ideaTitle, publicLines, showsSupporters } from '../../words/idea.ts'
import { trialLines } from '../../words/trial.ts'
import { supportsButton, toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { cutLabel, press, primary, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'
import { type FeatureParts, leave } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'

const ONE = { cycle: 'int', territory: 'int', page: 'int', idea: 'int' } as const
export const supportOneButton = button('so', ONE)
export const giveSupportButton = button('sg', ONE)

interface At {
  cycle: number
  territory: number
  page: number
}

const PAGE = 6

export async function supports(parts: FeatureParts, talk: Talk, at: At): Promise<void> {
  const { t, who, speak } = talk
  const [ideas, place] = await Promise.all([
    supportable(parts.app, who.id, at),
    readPlace(parts.app, at.cycle, at.territory),
  ])
  if (!ideas || !place) return outdated(talk)
  await leave(parts, who.id)
  speak.show(listScreen(t, { ideas, place, at }))
}

export const supportOne = (parts: FeatureParts, talk: Talk, at: At & { idea: number }): Promise<void> =>
  shown(parts, talk, at)

/** Safe to repeat. */
export async function giveSupport(parts: FeatureParts, talk: Talk, at: At & { idea: number }): Promise<void> {
  const done = await supportIdea(parts.app, talk.who.id, at.idea)
  if (done.ok) return shown(parts, talk, at, talk.t.html('ideas.support-given'))
  if (done.problem.kind === 'own-idea') return shown(parts, talk, at, talk.t.html('ideas.support-own'))
  if (done.problem.kind === 'other-village')
    return shown(parts, talk, at, talk.t.html('ideas.support-elsewhere'))
  await shown(parts, talk, at)
}

async function shown(
  parts: FeatureParts,
  talk: Talk,
  { idea, ...at }: At & { idea: number },
  note?: string,
): Promise<void> {
  const { t, who, speak } = talk
  const [ideas, place] = await Promise.all([
    supportable(parts.app, who.id, at),
    readPlace(parts.app, at.cycle, at.territory),
  ])
  const one = ideas?.find(({ idea: { id } }) => id === idea)
  if (!one || !place) return outdated(talk)
  speak.show(oneScreen(t, { one, place, at, note }))
}

export function listScreen(
  t: T,
  { ideas, place, at }: { ideas: readonly Supportable[]; place: Place; at: At },
): Screen {
  const { at: here, pages, shown: some } = pageOf(ideas, at.page, PAGE)
  const needed = ideas[0]?.idea.support?.needed
  return {
    text: [
      ...trialLines(t, place),
      t.html('ideas.supports'),
      ...(needed === undefined
        ? [t.html('ideas.supports-none')]
        : [t.html('ideas.supports-needed', { number: needed })]),
      ...(pages > 1 ? [t.html('common.page', { page: here + 1, pages })] : []),
      ...some.flatMap((one) => ['', ...headLines(t, one)]),
    ].join('\n'),
    buttons: [
      ...some.map(({ idea }) => [
        press(
          cutLabel(t('ideas.own-one.button', { number: idea.number ?? 0, title: ideaTitle(t, idea) })),
          supportOneButton.pack({ ...at, page: here, idea: idea.id }),
        ),
      ]),
      ...pager(t, here, pages, (page) => supportsButton.pack({ ...at, page })),
      [toMenu(t)],
    ],
  }
}

/** Its title, and how it stands with supporters as far as its reader may know. HTML. */
const headLines = (t: T, { idea, mine, given }: Supportable): string[] => [
  `<b>${t.html('ideas.similar-one', { number: idea.number ?? 0, title: ideaTitle(t, idea) })}</b>`,
  ...(showsSupporters(idea) ? [t.html('ideas.line-supporters', { number: idea.supporters })] : []),
  ...(mine ? [t.html('ideas.support-mine')] : given ? [t.html('ideas.support-yours')] : []),
]

export function oneScreen(
  t: T,
  { one, place, at, note }: { one: Supportable; place: Place; at: At; note?: string | undefined },
): Screen {
  const { idea, mine, given } = one
  const give = primary(t('ideas.give-support.button'), giveSupportButton.pack({ ...at, idea: idea.id }))
  return {
    text: [
      ...trialLines(t, place),
      ...(note === undefined ? [] : [note, '']),
      ...headLines(t, one),
      ...publicLines(t, idea),
      '',
      t.html('ideas.supports-needed', { number: idea.support?.needed ?? 0 }),
    ].join('\n'),
    buttons: [
      ...(mine || given ? [] : [[give]]),
      [press(t('common.back.button'), supportsButton.pack(at)), toMenu(t)],
    ],
  }
}
