// Ideas: one draft an account and cycle, numbered when it is sent, decided by conditional updates.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { IDEA_TERMS, type IdeaState, type IdeaTerms, type SupportTerms, type Words } from '../core/idea.ts'
import type { Localised } from '../core/localised.ts'
import type { Marks } from '../core/marks.ts'
import type { Flag } from '../core/masked.ts'
import type { Pot } from '../core/pot.ts'
import { iso, type Tx } from './db.ts'
import { idea } from './schema-ideas.ts'

export interface IdeaMedia {
  id: number
  kind: 'photo' | 'voice'
  fileId: string
  copy: string | null
}

/** An idea as its author and its moderators see it. Moments are UTC ISO; costs whole tenge. */
export interface Idea {
  id: number
  cycle: number
  slug: string
  /** Its cycle counts nowhere. */
  trial: boolean
  territory: number
  village: Localised
  number: number | null
  /** Null once erased. */
  author: number | null
  /** As its author wrote it to be read by everybody; read so only where `nameShown`. */
  authorName: string | null
  nameShown: boolean
  locale: string
  state: IdeaState
  version: number
  category: string | null
  /** As a moderator said; null: as its category says. */
  pot: Pot | null
  marks: Marks | null
  title: string | null
  body: string | null
  landmark: string | null
  lat: number | null
  lon: number | null
  roughCost: number | null
  /** The question that is open while its author writes. */
  step: string | null
  titles: Words
  texts: Words
  cost: number | null
  onList: boolean | null
  reason: string | null
  note: string | null
  /** The number of the idea that it was merged into. */
  mergedInto: number | null
  /** Id of the project that it became. */
  project: string | null
  claimedBy: number | null
  claimedUntil: string | null
  decidedBy: number | null
  appealedFrom: number | null
  appealed: boolean
  flags: Flag[]
  /** Its author saw what is like it, or sent it. */
  compared: boolean
  sentAt: string | null
  dueAt: string | null
  media: IdeaMedia[]
  supporters: number
  /** What its cycle asks for in its phase of support; none where there is no such phase. */
  support: SupportTerms | null
  /** It had the supporters that its cycle asks for. */
  supported: boolean
}

type Fragment = ReturnType<Tx['sql']>

async function ideasWhere(tx: Tx, condition: Fragment): Promise<Idea[]> {
  const rows = await tx.sql<Idea[]>`
    select i.id, i.cycle, c.slug, c.trial, i.territory, t.name as village, i.number, i.author,
      i.author_name as "authorName", i.author_name_shown as "nameShown", i.locale, i.state, i.version, i.category, i.pot, i.marks,
      i.title, i.body, i.landmark, i.lat, i.lon, i.rough_cost as "roughCost", i.step, i.titles, i.texts, i.cost, i.on_list as "onList",
      i.reason, i.note, m.number as "mergedInto", i.project, i.claimed_by as "claimedBy", i.claimed_until as "claimedUntil",
      i.decided_by as "decidedBy", i.appealed_from as "appealedFrom", i.appealed, i.flags, i.found_by is not null as compared, i.sent_at as "sentAt", i.due_at as "dueAt",
      coalesce((select json_agg(json_build_object('id', x.id, 'kind', x.kind, 'fileId', x.file_id, 'copy', x.copy) order by x.kind, x.message, x.id)
        from idea_media x where x.idea = i.id), '[]') as media,
      (select count(*)::int from idea_support s where s.idea = i.id) as supporters,
      c.idea_terms -> 'support' as support, i.supported_at is not null as supported
    from idea i join cycle c on c.id = i.cycle join territory t on t.id = i.territory left join idea m on m.id = i.merged_into
    where ${condition} order by i.number nulls last, i.id`
  return rows.map((row) => ({
    ...row,
    claimedUntil: row.claimedUntil && iso(row.claimedUntil),
    sentAt: row.sentAt && iso(row.sentAt),
    dueAt: row.dueAt && iso(row.dueAt),
  }))
}

export const ideaById = async (tx: Tx, id: number): Promise<Idea | undefined> =>
  (await ideasWhere(tx, tx.sql`i.id = ${id}`))[0]

export const ideaByNumber = async (tx: Tx, cycle: number, number: number): Promise<Idea | undefined> =>
  (await ideasWhere(tx, tx.sql`i.cycle = ${cycle} and i.number = ${number}`))[0]

/** Its row locked until the transaction ends; read after the lock is held. */
export async function ideaForUpdate(tx: Tx, id: number): Promise<Idea | undefined> {
  await tx.sql`select 1 from idea where id = ${id} for update`
  return ideaById(tx, id)
}

/** All of an account, in every cycle, newest last; drafts stand at the end. */
export const ideasOf = (tx: Tx, account: number): Promise<Idea[]> =>
  ideasWhere(tx, tx.sql`i.author = ${account}`)

/**
 * The one that the account writes at the moment, where it may still be sent: new ideas while they are collected, those that came back
 * during the review too. Of several the one that was touched last.
 */
export async function openIdeaOf(tx: Tx, account: number): Promise<Idea | undefined> {
  const [row] = await tx.sql<{ id: number }[]>`
    select i.id from idea i join cycle c on c.id = i.cycle
    where i.author = ${account} and i.step is not null and i.state in ('draft', 'returned', 'rejected')
      and (c.phase = 'ideas' or (c.phase = 'review' and i.state <> 'draft'))
    order by i.changed_at desc, i.id desc limit 1`
  return row && ideaById(tx, row.id)
}

/** The numbered ideas of a cycle, in one village or in all, in these states or in any. */
export const ideasIn = (
  tx: Tx,
  cycle: number,
  { territory, states }: { territory?: number; states?: readonly IdeaState[] },
): Promise<Idea[]> =>
  ideasWhere(
    tx,
    tx.sql`i.cycle = ${cycle} and i.number is not null and i.territory = coalesce(${territory ?? null}::int, i.territory)
      and (${states === undefined} or i.state = any(${[...(states ?? [])]}::text[]))`,
  )

/** What a cycle asks of ideas. */
export async function ideaTermsOf(tx: Tx, cycle: number): Promise<IdeaTerms> {
  const [row] = await tx.sql<{ terms: Partial<IdeaTerms> }[]>`
    select idea_terms as terms from cycle where id = ${cycle}`
  return { ...IDEA_TERMS, ...row?.terms }
}

/** The account's draft in this cycle, begun now where there is none: one, however many begin at once. */
export async function beginDraft(
  tx: Tx,
  at: { author: number; cycle: number; territory: number; locale: string },
): Promise<number> {
  await tx.orm
    .insert(idea)
    .values(at)
    .onConflictDoNothing({ target: [idea.author, idea.cycle], where: sql`state = 'draft'` })
  const [row] = await tx.orm
    .select({ id: idea.id })
    .from(idea)
    .where(and(eq(idea.author, at.author), eq(idea.cycle, at.cycle), eq(idea.state, 'draft')))
  if (!row) throw new Error('the draft was not stored')
  return row.id
}

/** What an author may change of an idea that is theirs to write. */
export type Written = Partial<
  Pick<
    typeof idea.$inferInsert,
    | 'category'
    | 'title'
    | 'body'
    | 'bodyMessage'
    | 'landmark'
    | 'lat'
    | 'lon'
    | 'roughCost'
    | 'step'
    | 'locale'
    | 'territory'
    | 'foundBy'
  >
>

/** False: it is not the author's, or not theirs to write any more. */
export async function writeIdea(tx: Tx, id: number, author: number, change: Written): Promise<boolean> {
  const rows = await tx.orm
    .update(idea)
    .set({ ...change, version: sql`${idea.version} + 1`, changedAt: sql`clock_timestamp()` })
    .where(writable(id, author))
    .returning({ id: idea.id })
  return rows.length > 0
}

/** A draft goes along to the village where its author is at home now; its place was in the other one. False: it does not. */
export async function moveDraft(tx: Tx, id: number, author: number): Promise<boolean> {
  const { count } = await tx.sql`
    update idea i set territory = a.home_territory, landmark = null, lat = null, lon = null, found_by = null, step = 'place',
      version = version + 1, changed_at = clock_timestamp()
    from account a where a.id = ${author} and i.id = ${id} and i.author = a.id and i.state = 'draft'
      and i.cycle = a.home_cycle and i.territory <> a.home_territory`
  return count > 0
}

const writable = (id: number, author: number) =>
  and(eq(idea.id, id), eq(idea.author, author), inArray(idea.state, ['draft', 'returned', 'rejected']))

/** Whoever sends as this account waits until the transaction ends. */
export const holdAuthor = async (tx: Tx, account: number): Promise<void> => {
  await tx.sql`select pg_advisory_xact_lock(10, hashint8(${account}))`
}

/** Ideas that the account sent in the last 24 hours, and those that wait for an answer; in this cycle. */
export async function sentBy(
  tx: Tx,
  account: number,
  cycle: number,
): Promise<{ today: number; open: number }> {
  const [row] = await tx.sql<{ today: number; open: number }[]>`
    select count(*) filter (where sent_at > clock_timestamp() - interval '24 hours')::int as today,
      count(*) filter (where state in ('sent', 'returned'))::int as open
    from idea where author = ${account} and cycle = ${cycle} and number is not null`
  return row ?? { today: 0, open: 0 }
}

/** Sends what its author wrote; a number is drawn for the first time only. `dueAt` lies so many days ahead. */
export async function sendWritten(
  tx: Tx,
  id: number,
  sent: { flags: Flag[]; foundBy: string[]; answerDays: number; appeal: boolean },
): Promise<number> {
  await tx.sql`select pg_advisory_xact_lock(11, cycle) from idea where id = ${id}`
  const [row] = await tx.sql<{ number: number }[]>`
    update idea i set state = 'sent', step = null, version = version + 1, flags = ${JSON.stringify(sent.flags)}::text::jsonb,
      found_by = ${sent.foundBy}::text[],
      number = coalesce(number, (select coalesce(max(o.number), 0) + 1 from idea o where o.cycle = i.cycle)),
      sent_at = coalesce(sent_at, clock_timestamp()), due_at = clock_timestamp() + make_interval(days => ${sent.answerDays}),
      claimed_by = null, claimed_until = null, changed_at = clock_timestamp(),
      appealed = appealed or ${sent.appeal}, appealed_from = case when ${sent.appeal} then decided_by else appealed_from end
    where id = ${id} returning number`
  if (!row) throw new Error('the idea was not sent')
  return row.number
}

/** What a decision changes. */
export type Decided = Partial<
  Pick<
    typeof idea.$inferInsert,
    | 'state'
    | 'titles'
    | 'texts'
    | 'category'
    | 'pot'
    | 'marks'
    | 'cost'
    | 'onList'
    | 'reason'
    | 'note'
    | 'mergedInto'
    | 'decidedBy'
    | 'foundBy'
  >
>

/** Changes an idea whose row is held; a claim ends with a decision. */
export async function decideHeld(tx: Tx, id: number, change: Decided): Promise<void> {
  await tx.orm
    .update(idea)
    .set({
      ...change,
      version: sql`${idea.version} + 1`,
      claimedBy: null,
      claimedUntil: null,
      changedAt: sql`clock_timestamp()`,
    })
    .where(eq(idea.id, id))
}

/** Takes an idea in hand for 24 hours, on the database's clock; false where somebody else has it, or it is not to be decided. */
export async function claimIdea(tx: Tx, id: number, by: number): Promise<boolean> {
  const { count } = await tx.sql`
    update idea set claimed_by = ${by}, claimed_until = clock_timestamp() + interval '24 hours'
    where id = ${id} and state in ('sent', 'approved')
      and (claimed_by is null or claimed_by = ${by} or claimed_until <= clock_timestamp())`
  return count > 0
}

/** The author gives it up. */
export async function withdrawHeld(tx: Tx, id: number): Promise<void> {
  await tx.orm
    .update(idea)
    .set({
      state: 'withdrawn',
      authorName: null,
      authorNameShown: false,
      step: null,
      version: sql`${idea.version} + 1`,
      changedAt: sql`clock_timestamp()`,
    })
    .where(eq(idea.id, id))
}
