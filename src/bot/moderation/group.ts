// A moderators' group: bound by a link, and decided in by whoever holds the role, whoever else is a member of it.
import type { Composer, Context } from 'grammy'
import type { Message } from 'grammy/types'
import { REJECT_REASONS, type Decision, type DecisionKind } from '../../core/idea.ts'
import { bindRoom, loseRoom, moveRoom } from '../../use-cases/bind-room.ts'
import { claimIdea, decideIdea, mayDecide } from '../../use-cases/decide-idea.ts'
import { ideaUnder, touchIdea } from '../../use-cases/idea-cards.ts'
import { listener } from '../listener.ts'
import { type FeatureParts, startLink } from '../parts.ts'
import { moderatePayload } from '../payload.ts'
import { noRoutes, routed } from '../routes.ts'
import { outdated, type Talk } from '../talk.ts'
import { groupButton, problemAlert } from './group-view.ts'

/** What people say to each other in a group, and what happens there, is none of the bot's business but for this. */
export const isTalkOfOthers = (message: Message | undefined): boolean =>
  message !== undefined &&
  message.chat.type !== 'private' &&
  !/^\/start(?:@|\s|$)/i.test(message.text ?? '') &&
  message.migrate_to_chat_id === undefined &&
  message.migrate_from_chat_id === undefined

export function groupFeature(parts: FeatureParts): Composer<Context> {
  const { app, talkOf } = parts
  const routes = noRoutes()
  const on = listener({ ...parts, routes })
  on.composer.command('start', (ctx) => bind(parts, talkOf(ctx), ctx.chat.id, ctx.match))
  on.composer.on('message:migrate_to_chat_id', (ctx) =>
    moveRoom(app, ctx.chat.id, ctx.message.migrate_to_chat_id),
  )
  on.composer.on('message:migrate_from_chat_id', (ctx) =>
    moveRoom(app, ctx.message.migrate_from_chat_id, ctx.chat.id),
  )
  on.composer.on('my_chat_member', async (ctx) => {
    const now = ctx.myChatMember.new_chat_member
    const mute = now.status === 'restricted' && !now.can_send_messages
    if (now.status === 'left' || now.status === 'kicked' || mute)
      await loseRoom(app, ctx.chat.id, ctx.from.id)
  })
  on.button(groupButton, (_, talk, chosen) => press(parts, talk, chosen))
  on.composer.on('callback_query', (ctx, next) => routed(routes, ctx)?.(talkOf(ctx)) ?? next())
  return on.composer
}

async function bind(
  parts: FeatureParts,
  { t, who, speak }: Talk,
  chat: number,
  token: string,
): Promise<void> {
  const bound = await bindRoom(parts.app, { token, chat, locale: t.locale }, who.id)
  if (bound.ok) speak.send({ text: t.html('moderation.room-bound', { cycle: bound.value.slug }) })
  else if (bound.problem.kind === 'not-allowed') speak.send({ text: t.html('moderation.room-not-allowed') })
  else speak.send({ text: t.html('moderation.room-bad-link') })
}

type Pressed = { idea: number; version: number; what: string }

/** A press counts under the card of this very idea alone; who may decide is asked of the use case, never of the group. */
async function press(parts: FeatureParts, talk: Talk, { idea, version, what }: Pressed): Promise<void> {
  const message = talk.update.callback_query?.message
  const under = message && (await ideaUnder(parts.app, message.chat.id, message.message_id))
  if (under !== idea) return outdated(talk)
  const at = { by: talk.who.id, version }
  const decision = decisionOf(what)
  if (what === 'claim')
    return told(parts, talk, idea, await claimIdea(parts.app, idea, talk.who.id), 'moderation.claimed.alert')
  if (decision)
    return told(parts, talk, idea, await decideIdea(parts.app, idea, decision, at), 'moderation.done')
  if (what === 'reject' || what === 'back') {
    const asked = await mayDecide(parts.app, idea, 'reject', at)
    if (!asked.ok) return told(parts, talk, idea, asked)
    await touchIdea(parts.app, idea, what === 'reject' ? version : null)
    return talk.speak.answer()
  }
  const kind = IN_WORDS[what]
  if (kind === undefined) return outdated(talk)
  const asked = await mayDecide(parts.app, idea, kind, at)
  if (!asked.ok) return told(parts, talk, idea, asked)
  talk.speak.answer(
    undefined,
    false,
    startLink(parts, moderatePayload(idea, what === 'words' ? 'reject' : what)),
  )
}

/** What needs words is written in the moderator's own chat. */
const IN_WORDS: Record<string, DecisionKind | undefined> = {
  return: 'return',
  merge: 'merge',
  edit: 'edit',
  feasible: 'feasible',
  unfeasible: 'unfeasible',
  words: 'reject',
}

function decisionOf(what: string): Decision | undefined {
  if (what === 'approve') return { kind: 'approve' }
  const reason = REJECT_REASONS.find((one) => one === what)
  return reason && { kind: 'reject', reason }
}

/** Whoever pressed hears what came of it, alone; the card is drawn anew, whatever it was. */
async function told(
  { app }: FeatureParts,
  { t, speak }: Talk,
  idea: number,
  done: Awaited<ReturnType<typeof decideIdea>>,
  said: 'moderation.done' | 'moderation.claimed.alert' = 'moderation.done',
): Promise<void> {
  await touchIdea(app, idea)
  if (done.ok) speak.answer(t(said))
  else speak.answer(problemAlert(t, done.problem), true)
}
