// The questions of an idea in their order, and the ways between them. The draft in the database says where its author stands.
import type { Missing } from '../../use-cases/send-idea.ts'
import type { Idea } from '../../use-cases/write-idea.ts'
import type { ideaButton } from '../buttons.ts'

export type Step = NonNullable<ReturnType<typeof ideaButton.parse>>

/** What is similar is asked only where there is something. */
const ORDER = ['category', 'title', 'text', 'place', 'photos', 'cost', 'similar', 'preview'] as const
export type Question = (typeof ORDER)[number]

/** Everything a button of the dialog may lead to. */
export const STEPS =
  'begin agreed terms category title text place photos cost similar support different preview here nophotos change move moved send later cancel drop'.split(
    ' ',
  )

const isQuestion = (step: string | null): step is Question =>
  (ORDER as readonly (string | null)[]).includes(step)

/** The value of a button: this answer alone is changed, then the preview comes again. */
export const ONLY = 'only'

export const at = (step: string, idea: number, value = ''): Step => ({ step, idea, value })

/** Behind an answer. */
export function after({ step, idea, value }: Step): Step {
  const next = ORDER[ORDER.indexOf(step as Question) + 1] ?? 'preview'
  return at(value === ONLY ? 'preview' : next, idea)
}

/** The question before this one; none before the first. */
export function before({ step, idea, value }: Step): Step | undefined {
  if (value === ONLY || step === 'change' || step === 'move') return at('preview', idea)
  if (step === 'here') return at('place', idea)
  const earlier = ORDER[ORDER.indexOf(step as Question) - 1]
  return earlier && at(earlier, idea)
}

const HOLES: Record<Missing, Question> = {
  category: 'category',
  title: 'title',
  text: 'text',
  place: 'place',
}

/** The question that an idea lacks most. */
export const stepOf = (missing: Missing): Question => HOLES[missing]

/** Where its author stopped. */
export function stopped(idea: Idea): Step {
  return at(isQuestion(idea.step) ? idea.step : idea.state === 'draft' ? 'category' : 'preview', idea.id)
}

/** Whether it has its answer already; then there is a way on without another. */
export function isAnswered(step: string, idea: Idea): boolean {
  const voice = idea.media.some(({ kind }) => kind === 'voice')
  const answers: Record<Exclude<Question, 'similar' | 'preview'>, boolean> = {
    category: idea.category !== null,
    title: idea.title !== null || voice,
    text: idea.body !== null || voice,
    place: idea.lat !== null || idea.landmark !== null,
    photos: true,
    cost: true,
  }
  return isQuestion(step) && step !== 'similar' && step !== 'preview' && answers[step]
}
