// The context of one update: what grammY gives, and the texts, the person and the calls that run behind the acknowledgement.
import { type Api, Context } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import type { T } from '../i18n.ts'
import type { Who } from '../use-cases/who-is.ts'

/** A call to Telegram that runs once the update's effects are committed and the update is acknowledged. */
export type Behind = () => Promise<unknown>

export class Ctx extends Context {
  t: T
  who: Who
  readonly behind: Behind[]
  /** The press was given its answer already. */
  answered = false
  /** What was said so far is in the chat: messages of one update arrive in the order they were said. */
  said: Promise<unknown> = Promise.resolve()

  constructor(update: Update, api: Api, me: UserFromGetMe, t: T, who: Who, behind: Behind[]) {
    super(update, api, me)
    this.t = t
    this.who = who
    this.behind = behind
  }
}
