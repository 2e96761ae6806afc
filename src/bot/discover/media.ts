// Photo, voice note and map pin of a project: on demand only, the screens work without them.
import { existsSync } from 'node:fs'
import { type Composer, type Context, InputFile } from 'grammy'
import { readProject } from '../../use-cases/read-project.ts'
import type { At } from '../at.ts'
import { listener } from '../listener.ts'
import type { FeatureParts } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import * as view from './view.ts'

type One = At & { number: number }

export function mediaOnDemand(parts: FeatureParts): Composer<Context> {
  const on = listener(parts)
  on.button(view.mapButton, map)
  on.button(view.photoButton, (_, talk, one) => media(parts, talk, one, 'photo'))
  on.button(view.voiceButton, (_, talk, one) => media(parts, talk, one, 'voice'))
  return on.composer
}

async function map(parts: FeatureParts, talk: Talk, one: One): Promise<void> {
  const found = await readProject(parts.app, one.cycle, one.territory, one.number)
  const { lat, lon } = found?.project ?? { lat: null, lon: null }
  if (lat === null || lon === null) return outdated(talk)
  talk.speak.also((api, chat) => api.sendLocation(chat, lat, lon))
}

async function media(
  parts: FeatureParts,
  { t, speak }: Talk,
  one: One,
  kind: 'photo' | 'voice',
): Promise<void> {
  const found = await readProject(parts.app, one.cycle, one.territory, one.number)
  const path = `${parts.mediaFolder}/${found?.project[kind]?.replaceAll('..', '')}`
  if (!found?.project[kind] || !existsSync(path)) {
    const missing = kind === 'photo' ? 'discover.no-photo.alert' : 'discover.no-voice.alert'
    return speak.answer(t(missing), true)
  }
  const caption = `№\u00a0${found.project.number}. ${t.of(found.project.title)}`
  const source = new InputFile(path)
  speak.also((api, chat) =>
    kind === 'photo' ? api.sendPhoto(chat, source, { caption }) : api.sendVoice(chat, source, { caption }),
  )
}
