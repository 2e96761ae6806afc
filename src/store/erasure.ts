// Erasing an account: nothing is left that joins it to a right. A right that has not voted is free again.
import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from './db.ts'
import { account as accounts } from './schema-cycle.ts'
import { needHands } from './schema-needs.ts'
import { paperEntry } from './schema-paper.ts'
import { claim } from './schema-roll.ts'
import { proposal } from './schema-staff.ts'
import { assist, delivery, openedBallot } from './schema-vote.ts'

/** Whoever claims or casts for these rights, or claims as this account, waits until the transaction ends. */
async function holdRights(tx: Tx, account: number): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(8, hashint8(${account}))`
  await tx.sql`
    select r.id from roll_row r join claim c on c.roll_row = r.id where c.account = ${account} order by r.id for update of r`
}

/** A claim that was given back before a vote. `nonce`: what its leaf was made with. */
export interface ReleasedClaim {
  cycle: number
  slug: string
  territory: number
  rollRow: number
  nonce: Uint8Array
}

/**
 * Gives up the account's claims: those that no ballot followed go and their cards live again, the others belong to nobody, each under
 * the bond that `bondOf` makes for its cycle and roll row. Returns the first, for their leaves.
 */
export async function giveUpRights(
  tx: Tx,
  account: number,
  bondOf: (slug: string, rollRow: number) => Uint8Array,
): Promise<ReleasedClaim[]> {
  await holdRights(tx, account)
  await forgetAnswers(tx, account)
  const released = await tx.sql<ReleasedClaim[]>`
    delete from claim c using cycle y, roll_row r
    where c.account = ${account} and y.id = c.cycle and r.id = c.roll_row
      and not exists (select 1 from ballot b where b.cycle = c.cycle and b.roll_row = c.roll_row)
    returning c.cycle, y.slug, r.territory, c.roll_row as "rollRow", c.nonce`
  const used = await tx.sql<{ cycle: number; slug: string; rollRow: number }[]>`
    select c.cycle, y.slug, c.roll_row as "rollRow" from claim c join cycle y on y.id = c.cycle where c.account = ${account}`
  for (const { cycle, slug, rollRow } of used)
    await tx.orm
      .update(claim)
      .set({ account: null, nonce: null, label: null, erased: bondOf(slug, rollRow) })
      .where(and(eq(claim.cycle, cycle), eq(claim.rollRow, rollRow)))
  await tx.orm
    .update(assist)
    .set({ account: null, endedAt: sql`coalesce(${assist.endedAt}, clock_timestamp())` })
    .where(eq(assist.account, account))
  await tx.orm.update(openedBallot).set({ account: null }).where(eq(openedBallot.account, account))
  return released
}

/**
 * Erases the account with its wishes, and last its messages, on their way or sent: whoever queued one held the account or its opened
 * ballot. Roles that were taken away are forgotten; one in force stays until it is taken away. What an official
 * proposed or decided is nobody's, and nobody is asked in their name. Ideas that nobody approved go with their photos; the others are
 * nobody's from now on, and nobody hears their author's voice. A question without an answer goes; of one with an answer nobody knows who asked. Failed look-ups lapse by themselves. Returns whether Telegram was told commands for this chat alone.
 */
export async function forgetAccount(tx: Tx, account: number): Promise<boolean> {
  await forgetIdeas(tx, account)
  await tx.sql`delete from question where account = ${account} and state <> 'answered'`
  await tx.sql`update question set answered_by = null where answered_by = ${account}`
  await tx.sql`update work set changed_by = null where changed_by = ${account}`
  const gone = await tx.orm
    .delete(accounts)
    .where(eq(accounts.id, account))
    .returning({ told: accounts.toldCommands })
  await tx.sql`delete from role_grant where account = ${account} and revoked_at is not null`
  await tx.orm.update(proposal).set({ proposedBy: null }).where(eq(proposal.proposedBy, account))
  await tx.orm.update(proposal).set({ decidedBy: null }).where(eq(proposal.decidedBy, account))
  await tx.sql`update moderation_room set bound_by = null where bound_by = ${account}`
  await tx.sql`update announcement set made_by = nullif(made_by, ${account}), changed_by = nullif(changed_by, ${account})
    where ${account} in (made_by, changed_by)`
  await tx.sql`update news_channel set bound_by = null where bound_by = ${account}`
  await tx.sql`delete from channel_invite where made_by = ${account}`
  await tx.sql`delete from room_invite where made_by = ${account}`
  await tx.sql`delete from cycle_draft where account = ${account}`
  await tx.orm.delete(needHands).where(eq(needHands.account, account))
  await tx.orm.delete(paperEntry).where(eq(paperEntry.account, account))
  await tx.orm.delete(delivery).where(eq(delivery.account, account))
  await tx.sql`delete from proposal where act ->> 'kind' = 'facilitator' and act ->> 'account' = ${String(account)}`
  await tx.sql`delete from delivery where facts -> 'act' ->> 'kind' = 'facilitator' and facts -> 'act' ->> 'account' = ${String(account)}`
  await tx.sql`delete from delivery where kind in ('second-asked', 'second-decided') and facts ->> 'by' = ${String(account)}`
  return gone.some(({ told }) => told !== null)
}

/** What their people answered of works still counts, without words and photos. */
async function forgetAnswers(tx: Tx, account: number): Promise<void> {
  await tx.sql`
    delete from work_photo f using work_answer a, claim c
    where a.id = f.answer and c.cycle = a.cycle and c.roll_row = a.roll_row and c.account = ${account}`
  await tx.sql`
    update work_answer a set words = null from claim c
    where c.cycle = a.cycle and c.roll_row = a.roll_row and c.account = ${account} and a.words is not null`
}

async function forgetIdeas(tx: Tx, account: number): Promise<void> {
  await tx.sql`
    delete from idea where author = ${account} and state in ('draft', 'sent', 'returned', 'rejected', 'withdrawn')
      and not exists (select 1 from idea m where m.merged_into = idea.id)`
  await tx.sql`delete from idea_media m using idea i where i.id = m.idea and i.author = ${account} and m.kind = 'voice'`
  await tx.sql`
    update idea set author = nullif(author, ${account}), claimed_by = nullif(claimed_by, ${account}),
      body_message = case when author <> ${account} then body_message end,
      author_name = case when author <> ${account} then author_name end, author_name_shown = author_name_shown and author <> ${account},
      decided_by = nullif(decided_by, ${account}), appealed_from = nullif(appealed_from, ${account})
    where ${account} in (author, claimed_by, decided_by, appealed_from)`
}
