// An announcement as its readers get it, and its letters: read and drawn once for each language, for what was approved changes no more.
import type { Locale, Localised } from '../../core/localised.ts'
import type { T, Texts } from '../../i18n.ts'
import type { App } from '../../use-cases/app.ts'
import { announcementToSend } from '../../use-cases/run-announcements.ts'
import type { Announcement } from '../../use-cases/read-announcement.ts'
import { trialLines } from '../../words/trial.ts'
import { announcedButton } from '../buttons.ts'
import { type Letter, letterOf } from '../mail.ts'
import { primary, type Screen } from '../message.ts'

/** In the reader's language, or the nearest that it was written in; a practice says that it is one. */
export function announcementScreen(
  t: T,
  { id, texts, media }: Pick<Announcement, 'id' | 'texts' | 'media'>,
  cycle: { trial: boolean },
): Screen {
  return {
    text: [...trialLines(t, { cycle }), t.of(texts as Localised)].join('\n'),
    buttons: [[primary(t('announce.open.button'), announcedButton.pack({ announcement: id }))]],
    ...(media?.kind === 'photo' && { photo: { id: media.fileId } }),
    ...(media?.kind === 'voice' && { voice: media.fileId }),
  }
}

/** So many are kept: a few announcements in their languages. */
const KEPT = 60

/** Undefined where there is no such announcement. Throws where it cannot be read now; then the next one asks again. */
export function lettersOf(
  app: App,
  textsOf: Texts,
): (id: number, locale: Locale) => Promise<Letter | undefined> {
  const kept = new Map<string, Promise<Letter | undefined>>()
  return (id, locale) => {
    const key = `${id}:${locale}`
    const known = kept.get(key)
    if (known) return known
    if (kept.size >= KEPT) kept.clear()
    const made = announcementToSend(app, id).then(
      (found) => found && letterOf(announcementScreen(textsOf(locale), found.one, found.cycle)),
    )
    made.catch(() => kept.delete(key))
    kept.set(key, made)
    return made
  }
}
