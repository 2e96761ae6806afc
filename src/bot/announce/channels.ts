// Officials bind a channel in their own chat; what the bot is in a channel is told by Telegram.
import { Composer, type Context, GrammyError } from 'grammy'
import type { ChatMember } from 'grammy/types'
import {
  awaitsChannel,
  bindChannel,
  inviteChannel,
  listChannels,
  loseChannel,
  unbindChannel,
} from '../../use-cases/bind-channel.ts'
import { lastAct } from '../../use-cases/read-course.ts'
import { announcementScopes } from '../../use-cases/read-announcement.ts'
import { channelsButton } from '../buttons.ts'
import { changedLine } from '../changed.ts'
import type { Listener } from '../listener.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import * as button from './buttons.ts'
import * as view from './channel-view.ts'
import { lineScreen } from './view.ts'

export function listenToChannels(on: Listener): void {
  on.shows(channelsButton, (parts, talk) => show(parts, talk))
  on.button(button.bindChannelButton, (parts, talk, where) => bind(parts, talk, where))
  on.shows(button.askUnbindButton, (parts, talk, { channel }) => askUnbind(parts, talk, channel))
  on.button(button.unbindButton, (parts, talk, { channel }) => unbind(parts, talk, channel))
}

export const bindable = ({ app }: FeatureParts, { who }: Talk) =>
  announcementScopes(app, who.id, 'bind-channel')

async function show(parts: FeatureParts, talk: Talk, note?: string): Promise<void> {
  const { t, who, speak } = talk
  const scopes = await bindable(parts, talk)
  if (scopes.length === 0) return speak.show(lineScreen(t, t.html('announce.not-allowed')))
  speak.show(view.channelsScreen(t, await listChannels(parts.app, who.id), scopes, note))
}

async function bind(
  parts: FeatureParts,
  { t, who, speak }: Talk,
  { cycle, territory }: { cycle: number; territory: number },
): Promise<void> {
  const invited = await inviteChannel(parts.app, { cycle, territory: territory || null }, who.id)
  speak.show(
    invited.ok ? view.howToBindScreen(t, parts.username) : lineScreen(t, t.html('announce.not-allowed')),
  )
}

async function askUnbind(parts: FeatureParts, talk: Talk, id: number): Promise<void> {
  const { t, who, speak } = talk
  const listed = await listChannels(parts.app, who.id)
  const one = listed.find(({ channel }) => channel.id === id)
  if (!one) return show(parts, talk, await goneLine(parts, talk))
  speak.show(view.askUnbindScreen(t, one))
}

/** HTML: it is released, and who released one last where this person binds them. */
async function goneLine(parts: FeatureParts, talk: Talk): Promise<string> {
  const { app } = parts
  const cycles = new Map((await bindable(parts, talk)).map(({ cycle }) => [cycle.id, cycle]))
  const acts = await Promise.all([...cycles.values()].map((one) => lastAct(app, one, ['channel-released'])))
  const last = acts.flatMap((done) => done ?? []).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]
  const gone = talk.t.html('announce.channel-gone')
  return last ? `${gone}\n${changedLine(talk.t, last)}` : gone
}

async function unbind(parts: FeatureParts, talk: Talk, id: number): Promise<void> {
  const { t, who } = talk
  const done = await unbindChannel(parts.app, id, who.id)
  if (done.ok) return show(parts, talk, t.html('announce.channel-unbound', { title: done.value.title }))
  if (done.problem.kind === 'not-allowed') return show(parts, talk, t.html('announce.not-allowed'))
  await show(parts, talk, await goneLine(parts, talk))
}

/** Whether a member may post in a channel. */
const posts = (member: ChatMember): boolean =>
  member.status === 'creator' || (member.status === 'administrator' && member.can_post_messages === true)

/** In channels: the bot was made an administrator, or is none any more. Nothing else there is any business of ours. */
export function channelFeature({ app }: FeatureParts): Composer<Context> {
  const channel = new Composer<Context>()
  channel.on('my_chat_member', async (ctx) => {
    const { chat, from, date, new_chat_member: now } = ctx.myChatMember
    if (!posts(now)) await loseChannel(app, chat.id, from.id)
    if (now.status !== 'administrator' || !(await awaitsChannel(app, from.id))) return
    const seen = { chat: chat.id, title: chat.title ?? '', at: date }
    const personPosts = await postsThere(ctx, from.id)
    await bindChannel(app, { ...seen, botPosts: posts(now), personPosts }, from.id)
  })
  return channel
}

/** What Telegram does not tell of a person is no right. */
async function postsThere(ctx: Context, person: number): Promise<boolean> {
  try {
    return posts(await ctx.getChatMember(person))
  } catch (error) {
    if (
      error instanceof GrammyError &&
      error.error_code >= 400 &&
      error.error_code < 500 &&
      error.error_code !== 429
    )
      return false
    throw error
  }
}
