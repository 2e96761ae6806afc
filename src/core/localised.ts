// A text or name in the languages of the bot, as officials enter it.

/** The name of a folder of locales/. Which there are is known to whoever read them: checked where it comes in. */
export type Locale = string

/** What officials must enter. The first is spoken to whoever has chosen nothing and whose language nobody knows. */
export const OFFICIAL_LANGUAGES = ['kk', 'ru'] as const

/** In both official languages, and in others where somebody entered them; a reader of another one gets its fallback. */
export type Localised = Record<(typeof OFFICIAL_LANGUAGES)[number], string> & Record<Locale, string>

/** The same text for every language: an imported election has only one. */
export const everywhere = (text: string): Localised => ({ kk: text, ru: text })

const LATIN: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
} // prettier-ignore

/** A Russian place name in Latin letters, for English: Баршатас → Barshatas. */
export function latin(name: string): string {
  return Array.from(name)
    .map((letter) => {
      const small = letter.toLowerCase()
      const plain = LATIN[small] ?? letter
      return letter === small ? plain : plain.charAt(0).toUpperCase() + plain.slice(1)
    })
    .join('')
}
