// How it works, by what the vote of the person's village is: to read, and to listen to.
import type { Place } from '../../use-cases/list-places.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { once } from '../once.ts'
import type { FeatureParts } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import { sendHowVoice } from '../voice.ts'
import * as view from './view.ts'

export async function how(parts: FeatureParts, talk: Talk): Promise<void> {
  const { t, speak } = talk
  speak.show(view.howScreen(t, await homeOf(parts, talk), parts.howVoices.has(t.language.locale)))
}

const homeOf = async ({ app }: FeatureParts, { who: { home } }: Talk): Promise<Place | undefined> =>
  home && readPlace(app, home.cycle, home.territory)

/** The voice note, or its text for whom it cannot be sent to. */
export async function howVoice(parts: FeatureParts, talk: Talk): Promise<void> {
  const { t, speak } = talk
  const voice = parts.howVoices.get(t.language.locale)
  if (!voice) return outdated(talk)
  const { text } = view.howScreen(t, await homeOf(parts, talk))
  const instead = { text: `${t.html('common.voice-forbidden')}\n\n${text}` }
  await once(parts, talk, 'how-voice', () =>
    speak.also((api, chat) => sendHowVoice(parts.session, voice, instead, api, chat, t('start.how.button'))),
  )
}
