// In which language a command answers: --lang, else what the computer speaks (LC_ALL, LC_MESSAGES, LANG), else English.
import type { T, Texts } from '../i18n.ts'
import { refused } from './refused.ts'

export const LANG = '--lang'

/**
 * The texts of the language asked for, and the words without `--lang`: it may stand anywhere in the line, so that a help text
 * answers in it too. `spoken`: as the environment states it, such as `kk_KZ.UTF-8`. Throws a refusal on an unknown language.
 */
export function takeLanguage(
  textsOf: Texts,
  words: readonly string[],
  spoken: string | undefined,
): { t: T; words: string[] } {
  const rest: string[] = []
  let wanted: string | undefined
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (word === LANG) wanted = words[++at] ?? ''
    else if (word.startsWith(`${LANG}=`)) wanted = word.slice(LANG.length + 1)
    else rest.push(word)
  }
  const home = textsOf(textsOf.spoken(spoken?.split(/[.@]/)[0]?.replace('_', '-')) ?? textsOf.guess('en'))
  if (wanted === undefined) return { t: home, words: rest }
  const asked = textsOf.spoken(wanted)
  if (asked === undefined) {
    const known = textsOf.languages.map(({ locale }) => locale).join(', ')
    throw refused('cli.no-language', { wanted, known }).in(home)
  }
  return { t: textsOf(asked), words: rest }
}
