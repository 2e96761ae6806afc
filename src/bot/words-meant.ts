// What a written word may mean: a button by its label, and in any language a yes, a no, the name of a language, "cancel".
import type { Key, Texts } from '../i18n.ts'
import { isOneOf } from './seen.ts'

/** A text as a button may be called: itself, and the labels that say the same. */
export function wordsMeant(textsOf: Texts, text: string): string[] {
  const all = textsOf.languages.map(({ locale }) => textsOf(locale))
  const listed = (key: Key) => all.flatMap((t) => t(key).split(', '))
  const labels = (words: Key, label: Key) => (isOneOf(text, listed(words)) ? all.map((t) => t(label)) : [])
  const languages = all.filter((t) => isOneOf(text, t('common.language-words').split(', ')))
  return [
    text,
    ...labels('common.yes-words', 'common.yes.button'),
    ...labels('common.no-words', 'common.no.button'),
    ...languages.map((t) => t.language.name),
  ]
}

/** The keyboard may still be in the language of before. */
export const isCancel = (textsOf: Texts, text: string | undefined): boolean =>
  textsOf.languages.some(({ locale }) => text === textsOf(locale)('common.cancel.button'))

/** The words that begin everything, in any language. */
export const isMenuWord = (textsOf: Texts, text: string | undefined): boolean =>
  text !== undefined &&
  isOneOf(text, [
    'start',
    'menu',
    'старт',
    ...textsOf.languages.map(({ locale }) => textsOf(locale)('common.menu.button')),
  ])
