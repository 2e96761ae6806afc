// Posts in channels, one at a time: each is claimed, sent, and noted; one of unknown fate is never sent again.
import { type Api, GrammyError } from 'grammy'
import type { Texts } from '../../i18n.ts'
import { errorFacts, type Log } from '../../log.ts'
import type { App } from '../../use-cases/app.ts'
import { loseChannel } from '../../use-cases/bind-channel.ts'
import { type ChannelPost, nextPost, notePost, type Posted } from '../../use-cases/post-in-channels.ts'
import { announcementToSend } from '../../use-cases/run-announcements.ts'
import type { Linked } from '../../words/links.ts'
import type { Screen } from '../message.ts'
import { sendNew } from '../new-message.ts'
import { announcedPost, checkpointPost } from './channel-view.ts'

export interface ChannelPostsParts {
  app: App
  /** The client's for replies: a refusal pauses that channel alone. */
  api: Api
  textsOf: Texts
  log: Log
  links: Linked
}

/** Every replica may run it at once: posts are claimed one by one. A round sends one; false: none was due. */
export function createChannelPosts(parts: ChannelPostsParts): { round(): Promise<boolean> } {
  return {
    async round() {
      const post = await nextPost(parts.app)
      if (!post) return false
      await notePost(parts.app, post.id, await posted(parts, post))
      return true
    },
  }
}

async function posted(parts: ChannelPostsParts, post: ChannelPost): Promise<Posted> {
  const { app, api, log } = parts
  const screen = await screenOf(parts, post)
  if (!screen) return { outcome: 'failed' }
  try {
    const { message_id } = await sendNew(api, post.chat, screen)
    return { outcome: 'sent', message: message_id }
  } catch (error) {
    log.info('a post in a channel was not taken', { post: post.id, ...errorFacts(error) })
    if (!(error instanceof GrammyError) || error.error_code >= 500) return { outcome: 'unknown' }
    if (error.error_code === 429)
      return { outcome: 'later', seconds: Math.ceil(error.parameters.retry_after ?? 5) }
    if (lostRight(error)) await loseChannel(app, post.chat, 'clock')
    return { outcome: 'failed' }
  }
}

/** As Telegram says that the bot may not post there any more. */
const lostRight = ({ error_code, description }: GrammyError): boolean =>
  error_code === 403 || /need administrator rights|chat not found|CHAT_WRITE_FORBIDDEN/.test(description)

async function screenOf(
  { app, textsOf, links }: ChannelPostsParts,
  post: ChannelPost,
): Promise<Screen | undefined> {
  if (post.announcement === null) return checkpointPost(textsOf, post, links)
  const found = await announcementToSend(app, post.announcement)
  return found && announcedPost(textsOf(textsOf.guess(post.locale)), found.one, post, links.bot)
}
