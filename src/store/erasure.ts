// Erasing an account: nothing is left that joins it to a right. A right that has not voted is free again.
import { eq } from 'drizzle-orm'
import type { Tx } from './db.ts'
import { account as accounts } from './schema-cycle.ts'
import { claim, delivery, openedBallot } from './schema-vote.ts'

/** Whoever claims or casts for these rights, or claims as this account, waits until the transaction ends. */
async function holdRights(tx: Tx, account: number): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(8, hashint8(${account}))`
  await tx.sql`
    select r.id from roll_row r join claim c on c.roll_row = r.id where c.account = ${account} order by r.id for update of r`
}

/** Gives up the account's claims: those that no ballot followed go and their cards live again, the others belong to nobody. */
export async function giveUpRights(tx: Tx, account: number): Promise<void> {
  await holdRights(tx, account)
  await tx.sql`
    delete from claim c where c.account = ${account}
      and not exists (select 1 from ballot b where b.cycle = c.cycle and b.roll_row = c.roll_row)`
  await tx.orm.update(claim).set({ account: null, label: null }).where(eq(claim.account, account))
  await tx.orm.update(openedBallot).set({ account: null }).where(eq(openedBallot.account, account))
}

/**
 * Erases the account with its wishes, and last its messages, on their way or sent: whoever queued one held the account or its opened
 * ballot. Roles that were taken away are forgotten; one in force stays until it is taken away. Failed look-ups lapse by themselves.
 */
export async function forgetAccount(tx: Tx, account: number): Promise<void> {
  await tx.orm.delete(accounts).where(eq(accounts.id, account))
  await tx.sql`delete from role_grant where account = ${account} and revoked_at is not null`
  await tx.orm.delete(delivery).where(eq(delivery.account, account))
}
