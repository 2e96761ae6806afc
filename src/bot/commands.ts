// The command menu in Telegram, per language: told at each start, changed only where it differs.
import type { Api } from 'grammy'
import { LOCALES, type Locale } from '../core/localised.ts'
import type { T } from '../i18n.ts'
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

/** Sets commands and the bot's short text for every language, and Kazakh for those of no language of ours. */
export async function tellCommands(api: Api, textsOf: (locale: Locale) => T): Promise<void> {
  const scope = { type: 'all_private_chats' } as const
  for (const locale of [undefined, ...LOCALES]) {
    const t = textsOf(locale ?? 'kk')
    const language = locale ? { language_code: locale } : {}
    await safe(() => api.setMyCommands(residentCommands(t), { scope, ...language }))
    await safe(() => api.setMyShortDescription(t('start.about.command'), language))
  }
}
