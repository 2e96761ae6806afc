// An official answers a question as it was read: once, with its leaf, and whoever asked is told. Of two at once one is first.
import { replyHash } from '../core/audit/reply-hash.ts'
import type { Words } from '../core/idea.ts'
import { QUESTION_LENGTHS, type QuestionState, type Reply } from '../core/question.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import { followersOf } from '../store/follows.ts'
import { concernedBy } from '../store/idea-wishes.ts'
import { type Question, questionById, questionForUpdate, settleQuestion } from '../store/questions.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { tell } from './tell.ts'
import { transact } from './transact.ts'

export type AnswerProblem =
  | NotAllowed
  | { kind: 'no-such-question' }
  /** Nobody answers themselves. */
  | { kind: 'own-question' }
  /** It was answered meanwhile: whoever answers reads it again first. `by`: who was faster. */
  | { kind: 'answered-before'; state: QuestionState; answers: Words; by: number | null }
  | { kind: 'bad-length'; least: number; most: number; number: number }

/** `version`: the one that was read; a command that read just now may leave it out. Returns the question as it stands afterwards. */
export const answerQuestion = (
  app: App,
  id: number,
  reply: Reply,
  { by, version }: { by: Actor; version?: number },
): Promise<Result<Question, AnswerProblem>> =>
  transact<Question, AnswerProblem>(app, async (tx) => {
    const question = await questionForUpdate(tx, id)
    if (!question) return fail({ kind: 'no-such-question' })
    if (!(await mayAct(app, tx, by, 'answer-question', [question.territory])))
      return fail({ kind: 'not-allowed' })
    if (by === question.account) return fail({ kind: 'own-question' })
    if ((version !== undefined && version !== question.version) || !isFree(question, reply))
      return fail({
        kind: 'answered-before',
        state: question.state,
        answers: question.answers,
        by: question.answeredBy,
      })
    const text = reply.text.trim()
    const [least, most] = QUESTION_LENGTHS[reply.kind === 'answer' ? 'answer' : 'reason']
    const number = Array.from(text).length
    if (number < least || number > most) return fail({ kind: 'bad-length', least, most, number })
    const answeredBy = typeof by === 'number' ? by : null
    await settleQuestion(
      tx,
      id,
      reply.kind === 'answer'
        ? { state: 'answered', answers: { ...question.answers, [reply.locale]: text }, answeredBy }
        : { state: 'declined', reason: text, answeredBy },
    )
    const after = (await questionById(tx, id)) as Question
    await log(app, tx, after, by)
    if (question.state === 'open') await tellConcerned(app, tx, after, text)
    return ok(after)
  })

/** Open; or answered, and not yet in this language. */
const isFree = ({ state, answers }: Question, reply: Reply): boolean =>
  state === 'open' || (state === 'answered' && reply.kind === 'answer' && answers[reply.locale] === undefined)

/** Without a word of whoever asked in it. */
async function log(app: App, tx: Tx, after: Question, by: Actor): Promise<void> {
  await appendLeaf(app, tx, after.cycle, {
    kind: 'question-settled',
    at: await clock(tx),
    cycle: after.slug,
    village: String(after.territory),
    question: after.id,
    ...(after.idea === null ? { project: after.number } : { idea: after.number }),
    to: after.state,
    reply: replyHash(after.answers, after.reason),
    by: markOf(app, by),
  })
}

/** Whoever asked, and where there is an answer whoever follows what it is about; once, in the language that was written first. */
async function tellConcerned(
  app: App,
  tx: Tx,
  { id, cycle, territory, number, ...asked }: Question,
  text: string,
): Promise<void> {
  const { account, title, state, idea, answeredBy } = asked
  const notice = {
    kind: 'question-settled',
    cycle,
    territory,
    number,
    title,
    ...(idea !== null && { idea: true }),
    answered: state === 'answered',
    text,
  } as const
  const dedupe = (to: number) => ({ account: to, dedupe: `question:${id}:${to}` })
  if (account !== null) await tell(app, tx, { ...notice, mine: true }, dedupe(account))
  if (state !== 'answered') return
  for (const to of await followersOfIt(tx, cycle, asked))
    if (to !== account && to !== answeredBy) await tell(app, tx, { ...notice, mine: false }, dedupe(to))
}

async function followersOfIt(
  tx: Tx,
  cycle: number,
  { project, idea }: Pick<Question, 'project' | 'idea'>,
): Promise<number[]> {
  if (project !== null) return followersOf(tx, cycle, project)
  const { author, others } = await concernedBy(tx, idea ?? 0)
  return [...(author === null ? [] : [author]), ...others.map(({ account }) => account)]
}
