// The rules of wording, as functions over plain texts: one word for one thing, what no text may say, what fits a button. A fault is one line.
import { digitsProblem } from './example-numbers.ts'
import type { Text } from './locales.ts'

/** Width of a text in a button, in pixels, as a phone of 360 draws it. */
export type Measure = (text: string) => number

interface Word {
  language: string
  /** What stands for the thing already. */
  say: string
  not: RegExp
  /** What these texts are of, such as the commands, may say it. */
  but?: string
}

/** One thing, one word: the table of locales/README.md, as far as a rule can see it. */
const WORDS: readonly Word[] = [
  { language: 'kk', say: 'қорытынды', not: /нәтиже/iu },
  { language: 'kk', say: 'қорытынды жарияланды', not: /қорытынды шықты/iu },
  { language: 'kk', say: 'ақша', not: /қаржы/iu },
  { language: 'kk', say: 'қолдағандар', not: /жақтаушы/iu },
  { language: 'kk', say: 'өткен жобалар', not: /жеңген|жеңіп/iu },
  { language: 'kk', say: 'көмек орны', not: /көмек пункт/iu },
  { language: 'kk', say: 'бөлінді', not: /жұмсал(?:ды|ған)/iu },
  { language: 'kk', say: 'алып тасталған', not: /тізімнен алынған/iu },
  { language: 'ru', say: 'итоги', not: /результат/iu },
  { language: 'ru', say: 'прошедшие проекты', not: /победил|победивш|победит(?!ел)/iu },
  { language: 'ru', say: 'распределено', not: /потрачен/iu },
  { language: 'ru', say: 'где помогут', not: /пункт[а-я]* помощи/iu },
  { language: 'ru', say: 'не проходит', not: /пропущен|не допущен/iu },
  { language: 'kk', say: 'дауыс беру', not: /цикл/iu, but: 'cli.' },
  { language: 'ru', say: 'голосование', not: /цикл/iu, but: 'cli.' },
  { language: 'en', say: 'wins', not: /\bfunded\b|\bis skipped\b|\bdoes not pass\b/iu },
  { language: 'en', say: 'allocated', not: /\bspent\b(?! on)/iu },
  { language: 'en', say: 'village', not: /\bsettlement\b/iu },
]

/** Never asked of anyone: people vote themselves. */
const NEVER: readonly Omit<Word, 'say'>[] = [
  { language: 'kk', not: /кім үшін/iu },
  { language: 'ru', not: /за кого/iu },
  { language: 'en', not: /\bwho\b[^.?]*\bvoting for\b|\bfor whom\b/iu },
]

/** Of nobody: a desk, paper, another account or an erasure makes it false, and it blames. What is recorded, or linked here, is said instead. */
const BLAMES: readonly Omit<Word, 'say'>[] = [
  { language: 'kk', not: /дауыс бер(?:ген жоқсыз|діңіз|мегенсіз)/iu },
  { language: 'ru', not: /вы (?:уже |ещё )?(?:не )?(?:про)?голосовали/iu },
  { language: 'en', not: /\byou (?:have |already )*(?:not )?(?:yet )?voted\b/iu },
]

export const wordFaults = (texts: readonly Text[]): string[] =>
  texts.flatMap(({ language, key, text }) => {
    const shown = text.replace(/\{\{[^{}]*\}\}|<[^<>]*>/g, ' ')
    const own = WORDS.filter(
      (word) =>
        word.language === language &&
        word.not.test(shown) &&
        (word.but === undefined || !key.startsWith(word.but)),
    )
    const never = NEVER.filter((word) => word.language === language && word.not.test(shown))
    const blames = BLAMES.filter((word) => word.language === language && word.not.test(shown))
    return [
      ...own.map(({ say, not }) => `${language}: ${key}: “${not.exec(shown)?.[0]}”, where we say “${say}”`),
      ...never.map(({ not }) => `${language}: ${key}: “${not.exec(shown)?.[0]}” is asked of nobody`),
      ...blames.map(({ not }) => `${language}: ${key}: “${not.exec(shown)?.[0]}” is told of nobody`),
    ]
  })

/** What is said before a language is chosen, and the words that choose one. */
const IN_ALL_LANGUAGES = ['start.language', 'start.hello', 'common.language-words']

/** Signs that part from their number, a Kazakh percent sign, English in other letters. */
export const signFaults = (texts: readonly Text[]): string[] =>
  texts.flatMap(({ language, key, text }) => {
    const faults: string[] = []
    if (/ (?:%|₸|км\b|km\b)/u.test(text) || / км(?![\p{L}])/u.test(text))
      faults.push('a plain space before %, ₸ or км')
    if (language === 'kk' && text.includes('%')) faults.push('a bare %, where «пайызы» is said')
    const cyrillic =
      language === 'en' && !IN_ALL_LANGUAGES.includes(key) ? /[\p{Script=Cyrillic}]+/u.exec(text) : null
    if (cyrillic) faults.push(`“${cyrillic[0]}” in an English text`)
    if (key.startsWith('results.') && /(?<!: )\{\{by\}\}/.test(text))
      faults.push('{{by}} without a label and a colon')
    return faults.map((fault) => `${language}: ${key}: ${fault}`)
  })

/** Commands that say nothing when they are tapped: Telegram sends them bare. */
const WANTS_MORE = /(?<![\w/])\/receipt\b(?! *<)/u

/** What a tap or a copy would do: a command that wants an argument, an example that the program itself refuses. */
export const tapFaults = (texts: readonly Text[]): string[] =>
  texts.flatMap(({ language, key, text }) => {
    const faults: string[] = []
    if (WANTS_MORE.test(text)) faults.push('/receipt is sent bare by a tap: ask for the number alone')
    for (const [example] of text.matchAll(/(?<!\d)\d{4}(?: \d{2,4})+(?!\d)/gu)) {
      const problem = digitsProblem(example)
      if (problem) faults.push(`the example ${example} is refused: ${problem}`)
    }
    return faults.map((fault) => `${language}: ${key}: ${fault}`)
  })

/** Pixels of a keyboard on a phone of 360 px, less what the frame of each button takes. */
const ROOM = { 1: 304, 2: 141, 3: 85 } as const

/** Labels that are cut where `rows` puts them: key of the button → how many stand in its row. Facts are left out. */
export const buttonFaults = (
  texts: readonly Text[],
  rows: Readonly<Record<string, 1 | 2 | 3>>,
  width: Measure,
): string[] =>
  texts.flatMap(({ language, key, base, text }) => {
    if (!base.endsWith('.button')) return []
    const room = ROOM[rows[base] ?? 1]
    const wide = Math.round(width(text.replace(/\{\{[^{}]*\}\}/g, '')))
    return wide > room ? [`${language}: ${key}: ${wide} px in ${room}`] : []
  })
