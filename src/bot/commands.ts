// The command menu in Telegram: everybody's per language, told at each start, and that of people who hold a role, in their language.
import type { Api } from 'grammy'
import type { LanguageCode } from 'grammy/types'
import type { Locale } from '../core/localised.ts'
import type { Role } from '../core/role.ts'
import type { Key, Language, T, Texts } from '../i18n.ts'
import { safe } from './message.ts'

/** Telegram's commands for residents. */
export const residentCommands = (t: T) => [
  { command: 'start', description: t('start.start.command') },
  { command: 'menu', description: t('start.menu.command') },
  { command: 'ideas', description: t('start.ideas.command') },
  { command: 'receipt', description: t('start.receipt.command') },
  { command: 'help', description: t('start.help.command') },
  { command: 'language', description: t('start.language.command') },
  { command: 'easy', description: t('start.easy.command') },
  { command: 'notices', description: t('start.notices.command') },
  { command: 'mydata', description: t('start.mydata.command') },
  { command: 'privacy', description: t('start.privacy.command') },
  { command: 'delete', description: t('start.delete.command') },
]

/** Commands that come with a role. */
const STAFF = {
  manage: 'start.manage.command',
  roles: 'start.roles.command',
  moderate: 'start.moderate.command',
  questions: 'start.questions.command',
  needs: 'start.needs.command',
  person: 'start.person.command',
  assist: 'start.assist.command',
  paper: 'start.paper.command',
  works: 'start.works.command',
  announce: 'start.announce.command',
  report: 'start.report.command',
  signals: 'start.signals.command',
  waiting: 'start.waiting.command',
  role: 'start.role.command',
} as const satisfies Record<string, Key>

type StaffCommand = keyof typeof STAFF

/** What a role adds: one line a role. */
const OF_ROLE = {
  facilitator: ['assist', 'needs', 'person', 'paper', 'role'],
  moderator: ['moderate', 'role'],
  official: [
    'manage',
    'moderate',
    'questions',
    'needs',
    'person',
    'assist',
    'paper',
    'works',
    'announce',
    'report',
    'waiting',
    'role',
  ],
  auditor: ['report', 'signals', 'waiting', 'role'],
  admin: ['roles', 'role'],
} as const satisfies Record<Role, readonly StaffCommand[]>

/** For whoever holds these roles: what they add, each once, above everybody's. */
export function staffCommands(t: T, roles: readonly Role[]) {
  const own = [...new Set(roles.flatMap((role): StaffCommand[] => [...OF_ROLE[role]]))]
  return [...own.map((command) => ({ command, description: t(STAFF[command]) })), ...residentCommands(t)]
}

/** Telegram's two-letter codes; of two languages with one code the first has it, and a language without one has none. */
export function codesOf(languages: readonly Language[]): Map<string, Locale> {
  const codes = new Map<string, Locale>()
  for (const { tag, locale } of languages) {
    const [code = ''] = tag.toLowerCase().split('-')
    if (code.length === 2 && !codes.has(code)) codes.set(code, locale)
  }
  return codes
}

/** Sets commands for every language, and Kazakh for those of no language of ours. */
export async function tellCommands(api: Api, textsOf: Texts): Promise<void> {
  const scope = { type: 'all_private_chats' } as const
  for (const [code, locale] of [['', textsOf.guess()] as const, ...codesOf(textsOf.languages)]) {
    const t = textsOf(locale)
    const language = code ? { language_code: code as LanguageCode } : {}
    await safe(() => api.setMyCommands(residentCommands(t), { scope, ...language }))
  }
}
