// An announcement before it is sent: in each language exactly as its readers will see it, then what stops it, or the button that sends it.
import { changedLines } from '../../core/announcement.ts'
import type { T, Texts } from '../../i18n.ts'
import type { SeenAnnouncement } from '../../use-cases/read-announcement.ts'
import { faultLine } from '../../words/announcement.ts'
import { announcementScreen } from './letter-view.ts'
import { announcementButton } from '../buttons.ts'
import { press, primary, type Screen } from '../message.ts'
import type { Talk } from '../talk.ts'
import * as button from './buttons.ts'
import { channelChoice } from './channel-view.ts'
import { contentLines, lineScreen } from './view.ts'

/** What Telegram would not take is not sent: why stands below. */
export function sendSamples(textsOf: Texts, { speak }: Talk, { one, cycle, faults }: SeenAnnouncement): void {
  const wrong = new Set(faults.flatMap((fault) => ('locale' in fault ? [fault.locale] : [])))
  for (const { locale } of textsOf.languages)
    if (one.texts[locale] !== undefined && !wrong.has(locale))
      speak.send(announcementScreen(textsOf(locale), one, cycle))
}

export function previewScreen(t: T, textsOf: Texts, seen: SeenAnnouncement): Screen {
  const { one, faults, people } = seen
  const read = { announcement: one.id, version: one.version }
  const change = [press(t('announce.change.button'), announcementButton.pack({ announcement: one.id }))]
  return {
    text: [
      t.html('announce.see-above'),
      ...contentLines(t, textsOf, seen),
      ...(people === undefined
        ? []
        : [t.html('announce.people', { count: people, number: t.number(people) })]),
      ...(faults.length === 0
        ? []
        : ['', t.html('announce.stops'), ...faults.map((fault) => faultLine(t, textsOf, fault, true))]),
    ].join('\n'),
    buttons: [
      ...(faults.length === 0 ? [[primary(t('announce.send.button'), button.sendButton.pack(read))]] : []),
      ...channelChoice(t, one, seen.channels),
      change,
    ],
  }
}

/** Of each side so many lines, each so long. */
const MOST_LINES = 12
const LONGEST_LINE = 120

/** What differs from the version that was to be approved before, for the second official. */
export function differenceScreen(t: T, textsOf: Texts, seen: SeenAnnouncement): Screen {
  const { one, before } = seen
  if (!before)
    return lineScreen(t, [...contentLines(t, textsOf, seen), t.html('announce.first-version')].join('\n'))
  const line = (key: 'announce.went' | 'announce.came') => (text: string) =>
    t.html(key, { line: text.slice(0, LONGEST_LINE) })
  const locales = [...new Set([...Object.keys(before.texts), ...Object.keys(one.texts)])]
  const lines = locales.flatMap((locale) => {
    const { went, came } = changedLines(before.texts[locale] ?? '', one.texts[locale] ?? '')
    return [
      ...went.filter(Boolean).slice(0, MOST_LINES).map(line('announce.went')),
      ...came.filter(Boolean).slice(0, MOST_LINES).map(line('announce.came')),
    ]
  })
  const was = contentLines(t, textsOf, {
    ...seen,
    one: { ...one, ...before, channel: before.channel ?? false, texts: one.texts },
  })
  const now = contentLines(t, textsOf, seen)
  const rest = now.filter((each) => !was.includes(each)).map((each) => `+ ${each}`)
  const all = [...lines, ...rest]
  const head = t.html(all.length === 0 ? 'announce.differs-no' : 'announce.differs')
  return lineScreen(t, [...now, '', head, ...all].join('\n'))
}
