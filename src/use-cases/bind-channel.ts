// A Telegram channel is bound to a vote or a place of it by the official who asked for it and makes the bot its administrator; and released.
import { fail, ok, type Result } from '../core/result.ts'
import {
  type Channel,
  channelById,
  channelForUpdate,
  channelInviteOf,
  channelsOf,
  channelsOfChat,
  deleteChannel,
  insertChannel,
  keepChannelInvite,
  takeChannelInvite,
} from '../store/channels.ts'
import { clock } from '../store/clock.ts'
import { cycleById } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { enqueue } from '../store/deliveries.ts'
import { type Scope, villagesOfScope } from '../store/rooms.ts'
import { knownTerritories, type KnownTerritory } from '../store/territories.ts'
import { type Actor, isAccount, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import type { Cycle } from './list-cycles.ts'
import { mayAct, mayActInCycle, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export type { Channel }

const mayBind = (app: App, tx: Tx, by: Actor, { cycle, territory }: Scope): Promise<boolean> =>
  territory === null
    ? mayActInCycle(app, tx, by, 'bind-channel', cycle)
    : mayAct(app, tx, by, 'bind-channel', [territory])

/** The next channel that `by` makes the bot an administrator of within 24 hours is bound there; what `by` was to bind before is not. */
export const inviteChannel = (
  app: App,
  scope: Scope,
  by: number,
): Promise<Result<void, NotAllowed | { kind: 'no-village' }>> =>
  transact<void, NotAllowed | { kind: 'no-village' }>(app, async (tx) => {
    if (!(await mayBind(app, tx, by, scope))) return fail({ kind: 'not-allowed' })
    if ((await villagesOfScope(tx, scope)).length === 0) return fail({ kind: 'no-village' })
    await keepChannelInvite(tx, { ...scope, madeBy: by })
    return ok(undefined)
  })

/** Whether this account asked to bind a channel and may still do so. */
export const awaitsChannel = async (app: App, account: number): Promise<boolean> =>
  (await channelInviteOf(app.db, account)) !== undefined

/** What is seen of a channel in which the bot was made an administrator. `at`: when, seconds of Telegram's clock. */
export interface SeenChannel {
  chat: number
  title: string
  at: number
  /** The bot may post there, and so may the person who made it an administrator. */
  botPosts: boolean
  personPosts: boolean
}

/** `not-invited`: nobody asked for it, so it is no business of ours. The others are told to the person in their own chat. */
export type ChannelProblem =
  | NotAllowed
  | { kind: 'not-invited' }
  | { kind: 'cannot-post' }
  | { kind: 'not-yours' }

/**
 * Binds the channel that an official asked for: once, for what was asked is gone with it. A channel that was bound to the same place
 * before is released. Whoever cannot post there binds nothing, and may try again.
 */
export async function bindChannel(
  app: App,
  seen: SeenChannel,
  by: number,
): Promise<Result<Channel, ChannelProblem>> {
  const asked = await channelInviteOf(app.db, by)
  if (!asked) return fail({ kind: 'not-invited' })
  const done = await bind(app, seen, by)
  const what = done.ok ? 'bound' : done.problem.kind
  if (what === 'not-invited') return done
  await tellChannel(app.db, { ...asked, ...seen }, what, {
    account: by,
    dedupe: `channel-${what}:${by}:${seen.chat}:${seen.at}`,
  })
  return done
}

const bind = (app: App, seen: SeenChannel, by: number): Promise<Result<Channel, ChannelProblem>> =>
  transact<Channel, ChannelProblem>(app, async (tx) => {
    if (!seen.botPosts) return fail({ kind: 'cannot-post' })
    if (!seen.personPosts) return fail({ kind: 'not-yours' })
    const scope = await takeChannelInvite(tx, by)
    if (!scope) return fail({ kind: 'not-invited' })
    if (!(await mayBind(app, tx, by, scope))) return fail({ kind: 'not-allowed' })
    const before = await channelForUpdate(tx, scope)
    if (before) await release(app, tx, before, by)
    const id = await insertChannel(tx, { ...scope, chat: seen.chat, title: seen.title, boundBy: by })
    await leaf(app, tx, 'channel-bound', { ...scope, chat: seen.chat }, by)
    const bound = await channelById(tx, id)
    if (!bound) throw new Error('a channel that was bound is gone')
    return ok(bound)
  })

export type UnbindProblem = NotAllowed | { kind: 'no-such-channel' }

/** Nothing is posted there any more; what stands there stays, and the bot stays what it is in the channel. */
export const unbindChannel = (app: App, id: number, by: Actor): Promise<Result<Channel, UnbindProblem>> =>
  transact<Channel, UnbindProblem>(app, async (tx) => {
    const channel = await channelById(tx, id)
    if (!channel) return fail({ kind: 'no-such-channel' })
    if (!(await mayBind(app, tx, by, channel))) return fail({ kind: 'not-allowed' })
    return (await release(app, tx, channel, by)) ? ok(channel) : fail({ kind: 'no-such-channel' })
  })

/** The bot can post in a channel no more: it is bound to nothing, and whoever bound it is told once. Safe to repeat. */
export async function loseChannel(app: App, chat: number, by: Actor): Promise<void> {
  await app.db.begin(async (tx) => {
    for (const channel of await channelsOfChat(tx, chat)) {
      if (!(await release(app, tx, channel, by)) || channel.boundBy === null) continue
      await tellChannel(tx, channel, 'lost', {
        account: channel.boundBy,
        dedupe: `channel-lost:${channel.id}`,
      })
    }
  })
}

async function release(app: App, tx: Tx, channel: Channel, by: Actor): Promise<boolean> {
  if (!(await deleteChannel(tx, channel))) return false
  await leaf(app, tx, 'channel-released', channel, by)
  return true
}

async function leaf(
  app: App,
  tx: Tx,
  kind: 'channel-bound' | 'channel-released',
  { cycle, territory, chat }: Scope & { chat: number },
  by: Actor,
): Promise<void> {
  await appendLeaf(app, tx, cycle, {
    kind,
    at: await clock(tx),
    cycle: (await cycleById(tx, cycle))?.slug ?? '',
    ...(territory !== null && { territory: String(territory) }),
    channel: String(chat),
    by: markOf(app, by),
  })
}

async function tellChannel(
  tx: Tx,
  { cycle, territory: within, title }: Scope & { title: string },
  what: 'bound' | 'lost' | 'cannot-post' | 'not-yours' | 'not-allowed',
  to: { account: number; dedupe: string },
): Promise<void> {
  const [territory] = await villagesOfScope(tx, { cycle, territory: within })
  if (territory === undefined) return
  await enqueue(tx, { kind: 'channel', cycle, territory, what, title, at: await clock(tx) }, to)
}

/** `place`: whose residents alone it is for. `may`: whether this account may release it. */
export interface ListedChannel {
  channel: Channel
  cycle: Cycle
  place: KnownTerritory | undefined
}

/** Those that this account may bind and release, in the order in which they were bound; `cycle`: of this one alone. */
export async function listChannels(app: App, by: Actor, cycle?: number): Promise<ListedChannel[]> {
  const listed: ListedChannel[] = []
  const places = await knownTerritories(app.db)
  for (const channel of await channelsOf(app.db, cycle)) {
    const of = await cycleById(app.db, channel.cycle)
    if (!of || (isAccount(by) && !(await mayBind(app, app.db, by, channel)))) continue
    listed.push({
      channel,
      cycle: of,
      place: places.find(({ territory }) => territory === channel.territory),
    })
  }
  return listed
}
