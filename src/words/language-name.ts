// The languages by their own names, as everybody reads them.
import type { Locale } from '../core/localised.ts'

export const LANGUAGE_NAMES: Record<Locale, string> = { kk: 'Қазақша', ru: 'Русский', en: 'English' }
