// What residents answer of a work that is called built, and photos of works.
import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from './db.ts'
import { workPhoto } from './schema-works.ts'
import type { WorkKey, WorkPhoto } from './works.ts'

/** Whom an answer is of: a row of the roll, which names no account. */
export interface AnswerKey extends WorkKey {
  round: number
  rollRow: number
}

/** As everybody may read it, without who. UTC ISO. */
export interface WorkAnswer {
  id: number
  round: number
  accepted: boolean
  shown: boolean
  words: string | null
  photo: WorkPhoto | null
}

/** One answer a person and round: given again it takes the place of the first. Returns its id. */
export async function putAnswer(
  tx: Tx,
  { cycle, project, round, rollRow }: AnswerKey,
  { accepted, words }: { accepted: boolean; words?: string | undefined },
): Promise<number> {
  const [row] = await tx.sql<{ id: number }[]>`
    insert into work_answer as a (cycle, project, round, roll_row, accepted, words)
    values (${cycle}, ${project}, ${round}, ${rollRow}, ${accepted}, ${words ?? null})
    on conflict (cycle, project, round, roll_row)
    do update set accepted = excluded.accepted, at = clock_timestamp(),
      words = case when a.accepted = excluded.accepted then coalesce(excluded.words, a.words) else excluded.words end,
      shown = a.shown and a.accepted = excluded.accepted
    returning id`
  if (!row) throw new Error('an answer was not kept')
  // A photo belongs to what was said with it.
  await tx.sql`delete from work_photo f using work_answer a where f.answer = ${row.id} and a.id = f.answer and not a.shown`
  return row.id
}

/** In place of another. */
export async function putAnswerPhoto(
  tx: Tx,
  answer: number,
  { fileId, uniqueId }: { fileId: string; uniqueId: string },
): Promise<void> {
  await tx.sql`delete from work_photo where answer = ${answer}`
  await tx.orm.insert(workPhoto).values({ answer, fileId, uniqueId })
  await tx.sql`update work_answer set shown = true where id = ${answer}`
}

/** What these people answered in the round. */
export const answersOf = (
  tx: Tx,
  { cycle, project, round }: Omit<AnswerKey, 'rollRow'>,
  rows: readonly number[],
): Promise<{ rollRow: number; accepted: boolean; shown: boolean }[]> =>
  tx.sql<{ rollRow: number; accepted: boolean; shown: boolean }[]>`
    select roll_row as "rollRow", accepted, shown from work_answer
    where cycle = ${cycle} and project = ${project} and round = ${round} and roll_row = any(${[...rows]}::int[])`

/** All of a work, the newest round and answer first. */
export const answersIn = (tx: Tx, { cycle, project }: WorkKey): Promise<WorkAnswer[]> =>
  tx.sql<WorkAnswer[]>`
    select a.id, a.round, a.accepted, a.shown, a.words,
      (select json_build_object('id', f.id, 'fileId', f.file_id, 'copy', f.copy) from work_photo f where f.answer = a.id) as photo
    from work_answer a where a.cycle = ${cycle} and a.project = ${project} order by a.round desc, a.at desc, a.id desc`

/** Accounts of those who said "not as promised" in a round, by number; their rows are held. */
export async function refusersOf(
  tx: Tx,
  { cycle, project, round }: Omit<AnswerKey, 'rollRow'>,
): Promise<number[]> {
  const rows = await tx.sql<{ account: number }[]>`
    select x.id as account from account x where x.reachable and x.id in (
      select k.account from work_answer a join claim k on k.cycle = a.cycle and k.roll_row = a.roll_row
      where a.cycle = ${cycle} and a.project = ${project} and a.round = ${round} and not a.accepted) order by x.id for key share`
  return rows.map(({ account }) => account)
}

/** `most`: so many of a milestone, whose work is held. The same photo again is there already. */
export async function addMilestonePhoto(
  tx: Tx,
  id: number,
  photo: { fileId?: string; copy?: string; uniqueId: string },
  most: number,
): Promise<'added' | 'there' | 'full'> {
  const before = await tx.orm
    .select({ uniqueId: workPhoto.uniqueId })
    .from(workPhoto)
    .where(eq(workPhoto.milestone, id))
  if (before.some(({ uniqueId }) => uniqueId === photo.uniqueId)) return 'there'
  if (before.length >= most) return 'full'
  await tx.orm.insert(workPhoto).values({ milestone: id, ...photo })
  return 'added'
}

/** Photos of works of which no copy was made yet, oldest first. */
export const uncopiedPhotos = (tx: Tx, limit: number): Promise<{ id: number; fileId: string }[]> =>
  tx.sql<{ id: number; fileId: string }[]>`
    select id, file_id as "fileId" from work_photo where copy is null and copyable order by id limit ${limit}`

/** False: it is gone meanwhile, or has its copy. */
export async function namePhotoCopy(tx: Tx, id: number, copy: string): Promise<boolean> {
  const rows = await tx.orm
    .update(workPhoto)
    .set({ copy })
    .where(and(eq(workPhoto.id, id), isNull(workPhoto.copy)))
    .returning({ id: workPhoto.id })
  return rows.length > 0
}

/** No copy of it can be made, now or later. */
export async function giveUpPhotoCopy(tx: Tx, id: number): Promise<void> {
  await tx.orm.update(workPhoto).set({ copyable: false }).where(eq(workPhoto.id, id))
}
