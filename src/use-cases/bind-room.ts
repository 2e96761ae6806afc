// A group of moderators is bound to a cycle by one link, followed by whoever asked for it, once; and what happens to the group later.
import { createHash } from 'node:crypto'
import type { Localised } from '../core/localised.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { mayDo } from '../core/role.ts'
import { clock } from '../store/clock.ts'
import { cycleById } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { enqueue } from '../store/deliveries.ts'
import { waitingIdeas } from '../store/idea-list.ts'
import { ideaById } from '../store/ideas.ts'
import {
  cyclesWithIdeas,
  deleteRoom,
  insertInvite,
  insertRoom,
  inviteForUpdate,
  moveRooms,
  nameOf,
  rebindRoom,
  type Room,
  roomForUpdate,
  roomsOfChat,
  type Scope,
  useInvite,
  villagesOfScope,
} from '../store/rooms.ts'
import { linesOf } from '../store/territories.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { loggedGrants } from './logged-grants.ts'
import { mayAct, mayActInCycle, type NotAllowed, whoElseMay } from './may-act.ts'
import { tellModerators } from './tell-moderators.ts'
import { transact } from './transact.ts'

export type { Scope }

const TOKEN_BYTES = 16

const hashOf = (token: string): Uint8Array => createHash('sha256').update(token).digest()

const mayBind = (app: App, tx: Tx, by: Actor, { cycle, territory }: Scope): Promise<boolean> =>
  territory === null
    ? mayActInCycle(app, tx, by, 'bind-room', cycle)
    : mayAct(app, tx, by, 'bind-room', [territory])

/** The one-time token of a link that binds a group within 24 hours: 128 random bits as base64url. Only its hash is kept. */
export const inviteRoom = (
  app: App,
  scope: Scope,
  by: number,
): Promise<Result<string, NotAllowed | { kind: 'no-village' }>> =>
  transact<string, NotAllowed | { kind: 'no-village' }>(app, async (tx) => {
    if (!(await mayBind(app, tx, by, scope))) return fail({ kind: 'not-allowed' })
    if ((await villagesOfScope(tx, scope)).length === 0) return fail({ kind: 'no-village' })
    const token = Buffer.from(app.random(TOKEN_BYTES)).toString('base64url')
    await insertInvite(tx, { ...scope, hash: hashOf(token), madeBy: by })
    return ok(token)
  })

/** `bad-link`: unknown, of somebody else, used for another group, or run out; which of these is told to nobody. */
export type BindProblem = NotAllowed | { kind: 'bad-link' }

/**
 * Binds the group `chat` by a token. Only whoever made it binds, and only while they hold the role. The same token in the same group
 * again is no second binding. `locale`: in which the cards are written. A group that was bound to the same scope before is released.
 */
export const bindRoom = (
  app: App,
  { token, chat, locale }: { token: string; chat: number; locale: string },
  by: number,
): Promise<Result<Scope & { slug: string }, BindProblem>> =>
  transact<Scope & { slug: string }, BindProblem>(app, async (tx) => {
    const invite = await inviteForUpdate(tx, hashOf(token))
    if (invite?.madeBy !== by || (invite.chat !== null && invite.chat !== chat))
      return fail({ kind: 'bad-link' })
    const { cycle, territory } = invite
    if (!(await mayBind(app, tx, by, invite))) return fail({ kind: 'not-allowed' })
    const slug = (await cycleById(tx, cycle))?.slug ?? ''
    const before = await roomForUpdate(tx, invite)
    if (invite.chat === chat)
      return before?.chat === chat ? ok({ cycle, territory, slug }) : fail({ kind: 'bad-link' })
    await useInvite(tx, hashOf(token), chat)
    if (before?.chat === chat) await rebindRoom(tx, before.id, { locale, boundBy: by })
    else {
      if (before) await release(app, tx, before, by)
      await insertRoom(tx, { chat, cycle, territory, locale, boundBy: by })
    }
    await leaf(app, tx, 'room-bound', invite, by)
    return ok({ cycle, territory, slug })
  })

async function leaf(
  app: App,
  tx: Tx,
  kind: 'room-bound' | 'room-released',
  { cycle, territory }: Scope,
  by: Actor,
): Promise<void> {
  await appendLeaf(app, tx, cycle, {
    kind,
    at: await clock(tx),
    cycle: (await cycleById(tx, cycle))?.slug ?? '',
    ...(territory !== null && { territory: String(territory) }),
    by: markOf(app, by),
  })
}

async function release(app: App, tx: Tx, room: Room, by: Actor): Promise<void> {
  await deleteRoom(tx, room.id)
  await leaf(app, tx, 'room-released', room, by)
}

/**
 * The bot can write in a group no more: the group is bound to nothing, whoever bound it and the officials there are told, and what
 * waits comes to each moderator's own chat. Safe to repeat. `by`: who took the bot out, or the clock where a message was refused.
 */
export async function loseRoom(app: App, chat: number, by: Actor): Promise<void> {
  await app.db.begin(async (tx) => {
    for (const room of await roomsOfChat(tx, chat)) {
      const villages = await villagesOfScope(tx, room)
      await release(app, tx, room, by)
      await tellLost(app, tx, room, villages)
      for (const { id, territory } of await waitingIdeas(tx)) {
        const idea = villages.includes(territory) ? await ideaById(tx, id) : undefined
        if (idea?.cycle === room.cycle && idea.state === 'sent') await tellModerators(app, tx, idea, true)
      }
    }
  })
}

async function tellLost(app: App, tx: Tx, room: Room, villages: readonly number[]): Promise<void> {
  const [territory] = villages
  if (territory === undefined) return
  const officials = await whoElseMay(app, tx, 'bind-room', villages, room.boundBy ?? 0)
  const at = await clock(tx)
  for (const account of new Set([...officials, ...(room.boundBy === null ? [] : [room.boundBy])]))
    await enqueue(
      tx,
      { kind: 'room-lost', cycle: room.cycle, territory, at },
      { account, dedupe: `room-lost:${room.id}:${account}` },
    )
}

/** A group became a supergroup: its ids are others. Safe to repeat. */
export const moveRoom = (app: App, from: number, to: number): Promise<void> =>
  app.db.begin((tx) => moveRooms(tx, from, to))

/** `name`: of the territory. */
export type NamedScope = Scope & { title: Localised; name?: Localised | undefined }

/** Where this account may bind a group: whole cycles, or the part of one that its role reaches. */
export async function roomScopes(app: App, account: number): Promise<NamedScope[]> {
  const { db } = app
  const [grants, now] = [await loggedGrants(app, db, account), await clock(db)]
  if (grants.length === 0) return []
  const scopes: NamedScope[] = []
  for (const { id: cycle, title } of await cyclesWithIdeas(db)) {
    const lines = await linesOf(db, await villagesOfScope(db, { cycle, territory: null }))
    if (lines.length === 0) continue
    if (mayDo(grants, 'bind-room', lines, now)) {
      scopes.push({ cycle, territory: null, title })
      continue
    }
    const places = new Set(grants.flatMap(({ territory }) => (territory === undefined ? [] : [territory])))
    for (const territory of places)
      if (
        lines.some((line) => line.includes(territory)) &&
        mayDo(grants, 'bind-room', await linesOf(db, [territory]), now)
      )
        scopes.push({ cycle, territory, title, name: await nameOf(db, territory) })
  }
  return scopes
}
