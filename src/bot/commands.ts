// The command menu in Telegram, per language: told at each start, changed only where it differs.
import type { Api } from 'grammy'
import type { LanguageCode } from 'grammy/types'
import type { Locale } from '../core/localised.ts'
import type { Language, T, Texts } from '../i18n.ts'
import { safe } from './message.ts'

/** Telegram's commands for residents; a role's own come with its features. */
export const residentCommands = (t: T) => [
  { command: 'start', description: t('start.start.command') },
  { command: 'menu', description: t('start.menu.command') },
  { command: 'receipt', description: t('start.receipt.command') },
  { command: 'help', description: t('start.help.command') },
  { command: 'language', description: t('start.language.command') },
  { command: 'mydata', description: t('start.mydata.command') },
  { command: 'delete', description: t('start.delete.command') },
]

/** Telegram's two-letter codes; of two languages with one code the first has it, and a language without one has none. */
function codesOf(languages: readonly Language[]): Map<string, Locale> {
  const codes = new Map<string, Locale>()
  for (const { tag, locale } of languages) {
    const [code = ''] = tag.toLowerCase().split('-')
    if (code.length === 2 && !codes.has(code)) codes.set(code, locale)
  }
  return codes
}

/** Sets commands and the bot's short text for every language, and Kazakh for those of no language of ours. */
export async function tellCommands(api: Api, textsOf: Texts): Promise<void> {
  const scope = { type: 'all_private_chats' } as const
  for (const [code, locale] of [['', textsOf.guess()] as const, ...codesOf(textsOf.languages)]) {
    const t = textsOf(locale)
    const language = code ? { language_code: code as LanguageCode } : {}
    await safe(() => api.setMyCommands(residentCommands(t), { scope, ...language }))
    await safe(() => api.setMyShortDescription(t('start.about.command'), language))
  }
}
