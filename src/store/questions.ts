// Questions about projects and ideas: asked, waiting, answered.
import { eq, sql } from 'drizzle-orm'
import { shownTitle, type Words } from '../core/idea.ts'
import type { Locale, Localised } from '../core/localised.ts'
import { MOST_OPEN, type QuestionState } from '../core/question.ts'
import { iso, type Tx } from './db.ts'
import { question } from './schema-questions.ts'

/**
 * A question with what it is about: `project` or `idea`, by its id. Times are UTC ISO; `number`: of the project on the list of its
 * village, or of the idea in its cycle.
 */
export interface Question {
  id: number
  cycle: number
  slug: string
  territory: number
  village: Localised
  project: string | null
  idea: number | null
  number: number
  title: Localised
  account: number | null
  locale: Locale
  text: string
  state: QuestionState
  version: number
  answers: Words
  reason: string | null
  answeredBy: number | null
  at: string
  answeredAt: string | null
}

interface Row extends Omit<Question, 'title'> {
  title: Localised | null
  named: Parameters<typeof shownTitle>[0]
}

const shown = (tx: Tx) => tx.sql`
  q.id, q.cycle, c.slug, t.id as territory, t.name as village, q.project, q.idea, coalesce(p.number, i.number) as number, p.title,
  json_build_object('titles', i.titles, 'title', i.title, 'locale', i.locale) as named, q.account, q.locale, q.text, q.state, q.version,
  q.answers, q.reason, q.answered_by as "answeredBy", q.at, q.answered_at as "answeredAt"
  from question q join cycle c on c.id = q.cycle left join project p on p.cycle = q.cycle and p.id = q.project
  left join idea i on i.id = q.idea join territory t on t.id = coalesce(p.territory, i.territory)`

const read = ({ named, title, ...row }: Row): Question => ({
  ...row,
  title: title ?? shownTitle(named),
  at: iso(row.at),
  answeredAt: row.answeredAt === null ? null : iso(row.answeredAt),
})

export async function questionById(tx: Tx, id: number): Promise<Question | undefined> {
  const [row] = await tx.sql<Row[]>`select ${shown(tx)} where q.id = ${id}`
  return row && read(row)
}

/** Whoever answers it waits until the transaction ends. */
export async function questionForUpdate(tx: Tx, id: number): Promise<Question | undefined> {
  await tx.sql`select 1 from question where id = ${id} for update`
  return questionById(tx, id)
}

/** What waits for an official: for an answer first, then for the other language; the oldest first. */
export const waitingQuestions = (
  tx: Tx,
): Promise<{ id: number; territory: number; account: number | null }[]> =>
  tx.sql<{ id: number; territory: number; account: number | null }[]>`
    select q.id, coalesce(p.territory, i.territory) as territory, q.account from question q
    left join project p on p.cycle = q.cycle and p.id = q.project left join idea i on i.id = q.idea
    where q.state = 'open' or q.state = 'answered' and not q.answers ?& array['kk', 'ru']
    order by q.state = 'answered', q.at, q.id`

/** All of a cycle, in the order in which they were asked. */
export async function questionsIn(tx: Tx, cycle: number): Promise<Question[]> {
  const rows = await tx.sql<Row[]>`select ${shown(tx)} where q.cycle = ${cycle} order by q.id`
  return rows.map(read)
}

/** A project, or an idea by its id. */
export type About = { project: string; idea: null } | { project: null; idea: number }

/** What was answered about it, the newest first; about a project also what was asked while it was an idea. */
export async function answeredAbout(tx: Tx, cycle: number, { project, idea }: About): Promise<Question[]> {
  const rows = await tx.sql<Row[]>`
    select ${shown(tx)} where q.cycle = ${cycle} and q.state = 'answered'
      and (q.idea = ${idea}::int or q.project = ${project}::text or i.project = ${project}::text)
    order by q.answered_at desc, q.id desc`
  return rows.map(read)
}

interface Asked {
  account: number
  cycle: number
  about: About
  locale: Locale
  text: string
}

/** The account's open question about this in the same words. */
export async function sameQuestion(
  tx: Tx,
  { account, cycle, about, text }: Asked,
): Promise<number | undefined> {
  const [row] = await tx.sql<{ id: number }[]>`
    select id from question where account = ${account} and cycle = ${cycle} and text = ${text} and state = 'open'
      and project is not distinct from ${about.project}::text and idea is not distinct from ${about.idea}::int`
  return row?.id
}

/** Undefined: the account has as many open ones as it may. Whoever asks as this account must be held. */
export async function insertQuestion(
  tx: Tx,
  { account, cycle, about, locale, text }: Asked,
): Promise<number | undefined> {
  const [row] = await tx.sql<{ id: number }[]>`
    insert into question (cycle, project, idea, account, slot, locale, text)
    select ${cycle}::int, ${about.project}::text, ${about.idea}::int, ${account}::bigint, s, ${locale}::text, ${text}::text
    from generate_series(1, ${MOST_OPEN}::int) s
    where not exists (select 1 from question where account = ${account} and slot = s and state = 'open')
    order by s limit 1 returning id`
  return row?.id
}

/** Changes a question whose row is held. */
export async function settleQuestion(
  tx: Tx,
  id: number,
  change: { state: QuestionState; answers?: Words; reason?: string; answeredBy: number | null },
): Promise<void> {
  await tx.orm
    .update(question)
    .set({ ...change, version: sql`${question.version} + 1`, answeredAt: sql`clock_timestamp()` })
    .where(eq(question.id, id))
}
