// What residents added in words or by voice, for whoever sees to the needs of their village: verified people and others apart.
import type { Localised } from '../../core/localised.ts'
import type { T } from '../../i18n.ts'
import { readNeedsDesk, readSaid, renewNeedVoice, type Said } from '../../use-cases/needs-desk.ts'
import type { At } from '../at.ts'
import { needsDeskButton } from '../buttons.ts'
import { sendFiles } from '../kept-files.ts'
import { once } from '../once.ts'
import { type Button, cutLabel, press, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { lineScreen, saidButton, voicesButton } from './view.ts'

type Listed = At & { need: number; page: number }

const PAGE = 6

export async function said(parts: FeatureParts, { t, who, speak }: Talk, here: Listed): Promise<void> {
  const desk = await readNeedsDesk(parts.app, who.id, here)
  const all = await readSaid(parts.app, who.id, here, here.need || undefined)
  if (!desk || !all) return speak.show(lineScreen(t, t.html('consult.hold-not-allowed')))
  speak.show(saidScreen(t, here, desk.read.needs, all))
}

/** The voice notes of the page, once a moment. */
export async function voices(parts: FeatureParts, talk: Talk, here: Listed): Promise<void> {
  const { t, who, speak } = talk
  const all = await readSaid(parts.app, who.id, here, here.need || undefined)
  if (!all) return speak.show(lineScreen(t, t.html('consult.hold-not-allowed')))
  const files = pageOf(all, here.page, PAGE).shown.flatMap(({ voice, copy }) =>
    voice === null ? [] : [{ kind: 'voice' as const, fileId: voice, copy }],
  )
  await once(parts, talk, `need-voices:${here.need}:${here.page}`, () =>
    speak.also(async (api, chat) => {
      const renew = (file: { fileId: string }, fresh: string) => renewNeedVoice(parts.app, file.fileId, fresh)
      const sent = await sendFiles(api, chat, files, { store: parts.copies, renew })
      if (sent.length < files.length) await api.sendMessage(chat, t('common.media-gone'))
    }),
  )
}

export function saidScreen(t: T, here: Listed, needs: readonly Localised[], all: readonly Said[]): Screen {
  const { at: page, pages, shown } = pageOf(all, here.page, PAGE)
  const apart = (verified: boolean): string[] => {
    const some = shown.filter((one) => one.verified === verified)
    if (some.length === 0) return []
    const head = t.html(verified ? 'consult.said-verified' : 'consult.said-unverified')
    return ['', `<b>${head}</b>`, ...some.map((one) => lineOf(t, one))]
  }
  const title = needs[here.need - 1]
  const choose = (need: number, label: string): Button =>
    press(label, saidButton.pack({ ...here, need, page: 0 }))
  const numbers = needs.map((_, at) => choose(at + 1, t('consult.off.button', { number: at + 1 })))
  return {
    text: [
      t.html('consult.said'),
      ...(title ? [t.html('consult.need', { number: here.need, need: t.of(title) })] : []),
      ...(all.length === 0 ? [t.html('consult.said-none')] : []),
      ...apart(true),
      ...apart(false),
      ...(pages > 1 ? ['', t.html('common.page', { page: page + 1, pages })] : []),
    ].join('\n'),
    buttons: [
      ...(shown.some(({ voice }) => voice !== null)
        ? [[press(t('consult.listen.button'), voicesButton.pack({ ...here, page }))]]
        : []),
      ...pager(t, page, pages, (to) => saidButton.pack({ ...here, page: to })),
      ...[0, 4, 8].flatMap((from) => (numbers.length > from ? [numbers.slice(from, from + 4)] : [])),
      [choose(0, cutLabel(t('consult.said-all.button')))],
      [press(t('common.back.button'), needsDeskButton.pack(here))],
    ],
  }
}

const lineOf = (t: T, { needs, line, voice }: Said): string =>
  t.html('consult.said-line', {
    needs: needs.length > 0 ? needs.map((need) => `№\u00a0${need}`).join(', ') : '–',
    text: line ?? (voice === null ? '' : t('consult.said-voice')),
  })
