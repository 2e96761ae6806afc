// Cycles that officials are drawing up in their chats, one each.
import { type CycleDraft, readCycleDraft } from '../core/formats/cycle-file.ts'
import type { Tx } from './db.ts'

/** Undefined where the account draws up none. */
export async function draftOf(tx: Tx, account: number): Promise<CycleDraft | undefined> {
  const [row] = await tx.sql<{ file: unknown }[]>`select file from cycle_draft where account = ${account}`
  return row && readCycleDraft(row.file)
}

/** The same, held until the transaction ends; an empty one is made where there was none. */
export async function draftForUpdate(tx: Tx, account: number): Promise<CycleDraft> {
  const [row] = await tx.sql<{ file: unknown }[]>`
    insert into cycle_draft (account, file) values (${account}, '{}')
    on conflict (account) do update set file = cycle_draft.file returning file`
  return readCycleDraft(row?.file)
}

export async function saveDraft(tx: Tx, account: number, draft: CycleDraft): Promise<void> {
  await tx.sql`update cycle_draft set file = ${JSON.stringify(draft)}::text::jsonb where account = ${account}`
}

/** False where there was none (any more). */
export async function dropDraft(tx: Tx, account: number): Promise<boolean> {
  const { count } = await tx.sql`delete from cycle_draft where account = ${account}`
  return count > 0
}
