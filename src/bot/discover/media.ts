// Photo, voice note and map pin of a project: on demand only, the screens work without them.
import { existsSync } from 'node:fs'
import { type Composer, type Context, InputFile } from 'grammy'
import { pointOf } from '../../core/geo.ts'
import { graphemeCut } from '../../core/text.ts'
import type { T } from '../../i18n.ts'
import { type FoundProject, readProject } from '../../use-cases/read-project.ts'
import type { At } from '../at.ts'
import { listener } from '../listener.ts'
import { once } from '../once.ts'
import type { FeatureParts } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import { sendVoiceOr } from '../voice.ts'
import * as view from './view.ts'

/** A caption holds 1,024. */
const CAPTION = 900

/** For whom forbids voice messages. */
const inWords = (t: T, { place, project }: FoundProject) => ({
  text: [t.html('common.voice-forbidden'), '', ...view.projectLines(t, place, project)].join('\n'),
})

type One = At & { number: number }

export function mediaOnDemand(parts: FeatureParts): Composer<Context> {
  const on = listener(parts)
  on.shows(view.mapButton, map)
  on.shows(view.photoButton, (_, talk, one) => media(parts, talk, one, 'photo'))
  on.shows(view.voiceButton, (_, talk, one) => media(parts, talk, one, 'voice'))
  return on.composer
}

async function map(parts: FeatureParts, talk: Talk, one: One): Promise<void> {
  const found = await readProject(parts.app, one.cycle, one.territory, one.number)
  const point = found && pointOf(found.project)
  if (!point) return outdated(talk)
  await once(parts, talk, `map:${one.number}`, () =>
    talk.speak.also((api, chat) => api.sendLocation(chat, point.lat, point.lon)),
  )
}

async function media(parts: FeatureParts, talk: Talk, one: One, kind: 'photo' | 'voice'): Promise<void> {
  const { t, speak } = talk
  const found = await readProject(parts.app, one.cycle, one.territory, one.number)
  const path = `${parts.mediaFolder}/${found?.project[kind]?.replaceAll('..', '')}`
  if (!found?.project[kind] || !existsSync(path)) {
    const missing = kind === 'photo' ? 'discover.no-photo.alert' : 'discover.no-voice.alert'
    return speak.answer(t(missing), true)
  }
  const caption = `№\u00a0${found.project.number}. ${graphemeCut(t.of(found.project.title), CAPTION)}`
  const source = new InputFile(path)
  await once(parts, talk, `${kind}:${one.number}`, () =>
    speak.also((api, chat) =>
      kind === 'photo'
        ? api.sendPhoto(chat, source, { caption })
        : sendVoiceOr(inWords(t, found), api, chat, source, caption),
    ),
  )
}
