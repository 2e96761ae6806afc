// Which cycle a command is about.
import type { T } from '../i18n.ts'

export const cycleOption = (t: T) => ['--cycle <name>', t('cli.help-which-cycle')] as const
