// The bot while the program does not start: second officials answer what they were asked, everybody else hears that it is repaired.
import { Composer, type Context } from 'grammy'
import type { FeatureParts } from './parts.ts'
import { secondFeature } from './second/feature.ts'

/** What it listens to; nothing of anybody else is taken, and everybody is told so. */
export function repairing(parts: FeatureParts): Composer<Context> {
  const bot = new Composer<Context>()
  const chat = bot.chatType('private')
  chat.use(secondFeature(parts).composer)
  chat.on('callback_query', (ctx) => {
    const { t, speak } = parts.talkOf(ctx)
    speak.answer(t('second.repair.alert'), true)
  })
  chat.on('message', (ctx) => {
    const { t, speak } = parts.talkOf(ctx)
    speak.send({ text: t.html('second.repair') })
  })
  return bot
}
