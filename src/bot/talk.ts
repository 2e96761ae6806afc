// What a handler gets of an update: texts, the person, a speaker and what Telegram gave. A plain value, made once for each update.
import type { Context } from 'grammy'
import type { Update } from 'grammy/types'
import type { T } from '../i18n.ts'
import type { Who } from '../use-cases/who-is.ts'
import { type Speaker, withNote } from './speaker.ts'

export interface Talk {
  t: T
  who: Who
  speak: Speaker
  update: Update
}

/** The talk of the update that grammY hands to a listener. */
export type TalkOf = (ctx: Context) => Talk

export const talkOn = (ctx: Context, t: T, who: Who, speak: Speaker): Talk => ({
  t,
  who,
  speak,
  update: ctx.update,
})

/** Speaks as `talk`, with a line on top of the first screen. `note`: Telegram's HTML. */
export const noted = (talk: Talk, note: string): Talk => ({ ...talk, speak: withNote(talk.speak, note) })

/** The button is of another time: said in a box, and the list is named as the way on. */
export const outdated = ({ t, speak }: Talk): void => speak.answer(t('common.outdated.alert'), true)
