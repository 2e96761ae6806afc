// Keeps the commands of people who hold a role as they should be: told when a role comes, goes or runs out, and when the language changes.
import { createHash } from 'node:crypto'
import { type Api, GrammyError } from 'grammy'
import type { Texts } from '../i18n.ts'
import { errorFacts, type Log } from '../log.ts'
import type { App } from '../use-cases/app.ts'
import { type ChatCommands, listChatCommands, noteChatCommands } from '../use-cases/chat-commands.ts'
import { staffCommands } from './commands.ts'

export interface ChatCommandsParts {
  app: App
  api: Api
  textsOf: Texts
  log: Log
  /** Id of the bot: another one was told nothing yet. */
  bot: number
  /** Milliseconds until what Telegram did not take is tried again. */
  againMs?: number
}

const AGAIN_MS = 60_000

const scopeOf = (account: number) => ({ scope: { type: 'chat', chat_id: account } }) as const

/**
 * One round tells Telegram what differs, for each chat alone: a refusal of one keeps back none of the others and answers nobody
 * later. A chat that is not to be had is not asked again until something changes.
 */
export function createChatCommands(parts: ChatCommandsParts) {
  const { app, api, textsOf, log, bot, againMs = AGAIN_MS } = parts
  const again = new Map<number, number>()

  /** Undefined: the commands of everybody. */
  function wantedOf({ locale, roles }: ChatCommands) {
    if (roles.length === 0) return undefined
    const commands = staffCommands(textsOf(locale), roles)
    const mark = createHash('sha256')
      .update(JSON.stringify([bot, commands]))
      .digest('base64url')
    return { commands, mark: mark.slice(0, 16) }
  }

  async function tell(chat: ChatCommands): Promise<void> {
    const { account, told } = chat
    const wanted = wantedOf(chat)
    if (wanted?.mark === told) return void again.delete(account)
    if ((again.get(account) ?? 0) > performance.now()) return
    try {
      if (wanted) await api.setMyCommands(wanted.commands, scopeOf(account))
      else await api.deleteMyCommands(scopeOf(account))
    } catch (error) {
      log.warn('commands of a role not told', errorFacts(error))
      const gone = error instanceof GrammyError && (error.error_code === 400 || error.error_code === 403)
      if (!gone) return void again.set(account, performance.now() + againMs)
    }
    // Erased meanwhile: what was told is taken back.
    if (!(await noteChatCommands(app, account, wanted?.mark)) && wanted) await forgetCommands(api, account)
  }

  return {
    async round(): Promise<void> {
      for (const chat of await listChatCommands(app)) await tell(chat)
    },
  }
}

/** The chat has everybody's commands again. What Telegram does not take is forgotten: commands alone give no right. */
export const forgetCommands = (api: Api, account: number): Promise<void> =>
  api.deleteMyCommands(scopeOf(account)).then(
    () => undefined,
    () => undefined,
  )
