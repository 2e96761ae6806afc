// Before the preview an author sees what is like their idea, once: support one of these, or go on with their own.
import { fail, ok, type Result } from '../../core/result.ts'
import type { T } from '../../i18n.ts'
import {
  markCompared,
  type Similar,
  similarIdeas,
  type SimilarProject,
  similarProjects,
} from '../../use-cases/similar-ideas.ts'
import { supportIdea, type SupportProblem } from '../../use-cases/support-idea.ts'
import type { App } from '../../use-cases/app.ts'
import { readOwnIdea } from '../../use-cases/write-idea.ts'
import { ideaTitle, showsSupporters } from '../../words/idea.ts'
import { cardButton, ideaButton } from '../buttons.ts'
import { type Button, press, primary } from '../message.ts'
import { at, type Step } from './steps.ts'

/** The question where there is something to show that they have not seen; else what comes behind it. */
export async function toCompare(app: App, author: number, id: number): Promise<'similar' | 'preview'> {
  const own = await readOwnIdea(app, author, id)
  if (!own.ok || own.value.compared) return 'preview'
  const [ideas, projects] = await Promise.all([
    similarIdeas(app, id, author),
    similarProjects(app, own.value),
  ])
  if (ideas.length + projects.length > 0) return 'similar'
  await markCompared(app, author, id)
  return 'preview'
}

/** The number of the idea that they support now, which ends the question; none where it takes no more of theirs. */
export async function supported(
  app: App,
  author: number,
  { idea, value }: Step,
): Promise<Result<number, SupportProblem>> {
  const other = Number(value)
  if (!Number.isSafeInteger(other)) return fail({ kind: 'no-such-idea' })
  const done = await supportIdea(app, author, other)
  if (!done.ok) return done
  await markCompared(app, author, idea)
  return ok(done.value.number ?? 0)
}

/** HTML lines and the buttons of what is alike. `id`: the author's own. */
export function similarParts(
  t: T,
  id: number,
  { similar, projects }: { similar: readonly Similar[]; projects: readonly SimilarProject[] },
): { lines: string[]; buttons: Button[][] } {
  return {
    lines: [
      ...(similar.length > 0
        ? [t.html('ideas.similar'), ...similar.flatMap((one) => ['', ...linesOf(t, one)])]
        : []),
      ...(similar.length > 0 && projects.length > 0 ? [''] : []),
      ...(projects.length > 0 ? [t.html('ideas.similar-projects')] : []),
      ...projects.flatMap(({ number, title }) => [
        '',
        `<b>${t.html('ideas.similar-one', { number, title: t.of(title) })}</b>`,
      ]),
    ],
    buttons: [
      ...similar.map(({ idea }) => [
        press(
          t('ideas.support.button', { number: idea.number ?? 0 }),
          ideaButton.pack(at('support', id, String(idea.id))),
        ),
      ]),
      ...projects.map(({ cycle, territory, number }) => [
        press(
          t('ideas.see-project.button', { number }),
          cardButton.pack({ cycle, territory, number, page: 0, category: 0, words: '' }),
        ),
      ]),
      [primary(t('ideas.different.button'), ideaButton.pack(at('different', id)))],
    ],
  }
}

const linesOf = (t: T, { idea, metres }: Similar): string[] => [
  `<b>${t.html('ideas.similar-one', { number: idea.number ?? 0, title: ideaTitle(t, idea) })}</b>`,
  ...(metres === undefined ? [] : [t.html('ideas.similar-metres', { metres: t.number(metres) })]),
  ...(showsSupporters(idea) ? [t.html('ideas.line-supporters', { number: idea.supporters })] : []),
]
