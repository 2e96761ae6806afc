// What a handler gets of an update: texts, the person, a speaker and what Telegram gave. A plain value, made once for each update.
import type { Context } from 'grammy'
import type { Update } from 'grammy/types'
import type { T } from '../i18n.ts'
import type { Who } from '../use-cases/who-is.ts'
import type { Speaker, SpeakerBehind } from './speaker.ts'

export interface Talk<S extends Speaker<unknown> = SpeakerBehind> {
  t: T
  who: Who
  speak: S
  update: Update
}

/** The talk of the update that grammY hands to a listener. */
export type TalkOf = (ctx: Context) => Talk

/** The one way to a talk, in a handler as in a dialog; they differ in the speaker only. */
export const talkOn = <S extends Speaker<unknown>>(ctx: Context, t: T, who: Who, speak: S): Talk<S> => ({
  t,
  who,
  speak,
  update: ctx.update,
})

/** The button is of another time: said in a box, and the list is named as the way on. */
export const outdated = ({ t, speak }: Talk): void => speak.answer(t('common.outdated.alert'), true)
