// What Telegram shows of the bot before anybody pressed Start: name, short text and description, per language.
import type { Api } from 'grammy'
import type { LanguageCode } from 'grammy/types'
import type { Texts } from '../i18n.ts'
import { codesOf } from './commands.ts'

/**
 * Tells Telegram the bot's name (at most 64 characters), short text (120) and description (512) in every language, Kazakh for those
 * of no language of ours. What it has already is not told again: names may be changed a few times a day only. One call that
 * is refused keeps back none of the others; the first refusal is thrown at the end. `username`: of this bot, the only one there is.
 */
export async function tellProfile(api: Api, textsOf: Texts, username: string): Promise<void> {
  const refused: unknown[] = []
  for (const [code, locale] of [['', textsOf.guess()] as const, ...codesOf(textsOf.languages)]) {
    const t = textsOf(locale)
    const language = code ? { language_code: code as LanguageCode } : {}
    const facts = { bot: username }
    const [name, about, description] = [
      t('start.profile.name'),
      t('start.profile.about', facts),
      t('start.profile.description', facts),
    ]
    const tells = [
      async () => (await api.getMyName(language)).name === name || (await api.setMyName(name, language)),
      async () =>
        (await api.getMyShortDescription(language)).short_description === about ||
        (await api.setMyShortDescription(about, language)),
      async () =>
        (await api.getMyDescription(language)).description === description ||
        (await api.setMyDescription(description, language)),
    ]
    for (const tell of tells) await tell().catch((error: unknown) => refused.push(error))
  }
  if (refused.length > 0) throw refused[0]
}
