// What waits for its cost, as a council goes through it: a list, oldest first, and each idea's own card with its buttons.
import type { T } from '../../i18n.ts'
import { costQueue, type Idea } from '../../use-cases/idea-queue.ts'
import { ideaTitle } from '../../words/idea.ts'
import { moderatedButton, toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { type Button, cutLabel, press, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'

export const waitsButton = button('mq', { page: 'int' })

const PAGE = 8

export async function waits({ app }: FeatureParts, { t, who, speak }: Talk, { page }: { page: number }) {
  speak.show(waitsScreen(t, await costQueue(app, who.id), page))
}

/** Below what waits for a decision, where something waits for its cost. */
export async function waitsRow({ app }: FeatureParts, { t, who }: Talk): Promise<Button[][]> {
  const count = (await costQueue(app, who.id)).length
  return count > 0
    ? [[press(t('moderation.waits.button', { number: count }), waitsButton.pack({ page: 0 }))]]
    : []
}

export function waitsScreen(t: T, ideas: readonly Idea[], page: number): Screen {
  const { at, pages, shown } = pageOf(ideas, page, PAGE)
  return {
    text: [
      t.html(ideas.length > 0 ? 'moderation.waits' : 'moderation.waits-none'),
      ...(pages > 1 ? [t.html('common.page', { page: at + 1, pages })] : []),
      ...shown.map((idea) =>
        t.html('moderation.waits-line', {
          number: idea.number ?? 0,
          title: ideaTitle(t, idea),
          village: t.of(idea.village),
          day: t.day(idea.sentAt ?? ''),
        }),
      ),
    ].join('\n'),
    buttons: [
      ...shown.map((idea) => [
        press(
          cutLabel(t('ideas.own-one.button', { number: idea.number ?? 0, title: ideaTitle(t, idea) })),
          moderatedButton.pack({ idea: idea.id }),
        ),
      ]),
      ...pager(t, at, pages, (to) => waitsButton.pack({ page: to })),
      [toMenu(t)],
    ],
  }
}
