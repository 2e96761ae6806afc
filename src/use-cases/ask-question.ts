// A resident asks about a project or an idea: the question waits for the officials of its place, who are told.
import type { Locale } from '../core/localised.ts'
import { masked } from '../core/masked.ts'
import { MOST_OPEN, QUESTION_LENGTHS } from '../core/question.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { upsertAccount } from '../store/accounts.ts'
import type { Tx } from '../store/db.ts'
import { holdAuthor } from '../store/ideas.ts'
import { insertQuestion, type Question, questionById, sameQuestion } from '../store/questions.ts'
import type { App } from './app.ts'
import { whoElseMay } from './may-act.ts'
import { isOutdated } from './read-place.ts'
import { aboutOf } from './questions.ts'
import { readProject } from './read-project.ts'
import { tell } from './tell.ts'
import { transact } from './transact.ts'
import { readVillageIdea } from './village-ideas.ts'

export type AskProblem =
  | { kind: 'nothing-there' }
  | { kind: 'bad-length'; least: number; most: number; number: number }
  | { kind: 'too-many'; most: number }

/** A project of a village by its number, or an idea by its own. */
export interface Subject {
  cycle: number
  territory: number
  number: number
  idea?: boolean | undefined
}

/** Undefined where there is none, or its vote is of another time. */
async function idOf(app: App, { idea = false, ...at }: Subject): Promise<string | number | undefined> {
  if (!idea) {
    const found = await readProject(app, at.cycle, at.territory, at.number)
    return found && !isOutdated(found.place) ? found.project.id : undefined
  }
  const found = await readVillageIdea(app, at)
  return found && !isOutdated(found.place) ? found.idea.id : undefined
}

/** The same words twice are one question. Phones, ИИН and links are covered before anything is kept. */
export async function askQuestion(
  app: App,
  account: number,
  at: Subject,
  asked: { text: string; locale: Locale },
): Promise<Result<Question, AskProblem>> {
  const id = await idOf(app, at)
  if (id === undefined) return fail({ kind: 'nothing-there' })
  const [least, most] = QUESTION_LENGTHS.question
  const words = asked.text.trim()
  const number = Array.from(words).length
  if (number < least || number > most) return fail({ kind: 'bad-length', least, most, number })
  const { text } = masked(words)
  const one = { account, cycle: at.cycle, about: aboutOf(id), text, locale: asked.locale }
  return transact<Question, AskProblem>(app, async (tx) => {
    await holdAuthor(tx, account)
    const before = await sameQuestion(tx, one)
    if (before !== undefined) return ok((await questionById(tx, before)) as Question)
    await upsertAccount(tx, account, {})
    const id = await insertQuestion(tx, one)
    if (id === undefined) return fail({ kind: 'too-many', most: MOST_OPEN })
    const question = (await questionById(tx, id)) as Question
    await tellOfficials(app, tx, question, account)
    return ok(question)
  })
}

/** Whoever may answer it, once each; nobody answers themselves. */
async function tellOfficials(app: App, tx: Tx, asked: Question, by: number): Promise<void> {
  const { id, cycle, territory, number, title, idea } = asked
  const about = { cycle, territory, question: id, number, title, ...(idea !== null && { idea: true }) }
  for (const account of await whoElseMay(app, tx, 'answer-question', [territory], by))
    await tell(
      app,
      tx,
      { kind: 'question-asked', ...about },
      { account, dedupe: `question-asked:${id}:${account}` },
    )
}
