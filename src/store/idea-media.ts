// Photos and voice notes of ideas. The row of the idea is held while one is added, so that no album goes over its limit.
import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from './db.ts'
import { ideaMedia } from './schema-ideas.ts'

export interface NewMedia {
  kind: 'photo' | 'voice'
  /** Telegram's id of the message. */
  message: number
  fileId: string
  uniqueId: string
  bytes?: number
  seconds?: number
}

/** `most`: so many of this kind. `full`: it was not added. The same file again is there already. */
export async function addMedia(
  tx: Tx,
  idea: number,
  media: NewMedia,
  most: number,
): Promise<'added' | 'there' | 'full'> {
  const [state] = await tx.sql<{ there: boolean; count: number }[]>`
    select count(*) filter (where unique_id = ${media.uniqueId}) > 0 as there,
      count(*) filter (where kind = ${media.kind})::int as count from idea_media where idea = ${idea}`
  if (state?.there) return 'there'
  if ((state?.count ?? 0) >= most) return 'full'
  await tx.orm.insert(ideaMedia).values({ ...media, idea })
  return 'added'
}

/** The author's message in which the text came, if it came in words since this is kept; where they only spoke, the one with their voice. */
export async function bodyMessageOf(tx: Tx, id: number): Promise<number | null> {
  const [row] = await tx.sql<{ message: number | null }[]>`
    select case when i.body is not null then i.body_message else
      (select max(m.message) from idea_media m where m.idea = i.id and m.kind = 'voice') end as message from idea i where i.id = ${id}`
  return row?.message ?? null
}

/** Takes all of one kind away, before others come in their place. Returns the names of our copies. */
export async function dropMedia(tx: Tx, idea: number, kind?: 'photo' | 'voice'): Promise<string[]> {
  const rows = await tx.sql<{ copy: string | null }[]>`
    delete from idea_media where idea = ${idea} and kind = coalesce(${kind ?? null}, kind) returning copy`
  return rows.flatMap(({ copy }) => (copy === null ? [] : [copy]))
}

/** Files of ideas that were sent of which no copy was made yet, oldest first. */
export const uncopied = (
  tx: Tx,
  limit: number,
): Promise<{ id: number; fileId: string; kind: 'photo' | 'voice' }[]> =>
  tx.sql<{ id: number; fileId: string; kind: 'photo' | 'voice' }[]>`
    select m.id, m.file_id as "fileId", m.kind from idea_media m join idea i on i.id = m.idea
    where m.copy is null and m.copyable and i.state <> 'draft' order by m.id limit ${limit}`

/** False: it is gone meanwhile, or has its copy. */
export async function nameCopy(tx: Tx, id: number, copy: string): Promise<boolean> {
  const rows = await tx.orm
    .update(ideaMedia)
    .set({ copy })
    .where(and(eq(ideaMedia.id, id), isNull(ideaMedia.copy)))
    .returning({ id: ideaMedia.id })
  return rows.length > 0
}

/** No copy of it can be made, now or later. */
export async function giveUpCopy(tx: Tx, id: number): Promise<void> {
  await tx.orm.update(ideaMedia).set({ copyable: false }).where(eq(ideaMedia.id, id))
}

/** Those of these names that a row still has, of an idea or of a work. */
export const namedCopies = async (tx: Tx, names: readonly string[]): Promise<string[]> => {
  const rows = await tx.sql<{ copy: string }[]>`
    select copy from idea_media where copy = any(${[...names]}::text[])
    union all select copy from work_photo where copy = any(${[...names]}::text[])
    union all select voice_copy from need_answer where voice_copy = any(${[...names]}::text[])`
  return rows.map(({ copy }) => copy)
}

/** All names that rows have. */
export const allCopies = async (tx: Tx): Promise<string[]> => {
  const rows = await tx.sql<{ copy: string }[]>`
    select copy from idea_media where copy is not null union all select copy from work_photo where copy is not null
    union all select voice_copy from need_answer where voice_copy is not null order by copy`
  return rows.map(({ copy }) => copy)
}

/** Puts Telegram's new id in place of the old one, unless another came there meanwhile. Returns the one that is kept now. */
export async function renewFile(
  tx: Tx,
  { id, old, fileId }: { id: number; old: string; fileId: string },
): Promise<string> {
  await tx.sql`update idea_media set file_id = ${fileId} where id = ${id} and file_id = ${old}`
  const [row] = await tx.sql<{ kept: string }[]>`select file_id as kept from idea_media where id = ${id}`
  return row?.kept ?? fileId
}

/** Our copies of the photos of projects that began as ideas, by number on the list, in the order in which they were sent. */
export const photosOfList = (
  tx: Tx,
  cycle: number,
  territory: number,
): Promise<{ number: number; copy: string }[]> =>
  tx.sql<{ number: number; copy: string }[]>`
    select p.number, m.copy from project p join idea i on i.cycle = p.cycle and i.project = p.id join idea_media m on m.idea = i.id
    where p.cycle = ${cycle} and p.territory = ${territory} and m.kind = 'photo' and m.copy is not null
    order by p.number, m.message, m.id`
