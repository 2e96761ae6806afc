// What an idea is about: the meanings and stems of its words, each with its weight. What is asked for weighs more than where.
import { COMMON, type Concept, type ConceptKind, conceptsOf } from './idea-lexicon.ts'
import { foldLetters } from './text.ts'

/** What an idea says. Empty where its author only spoke. */
export interface Said {
  title: string
  text: string
}

/** Meaning (`=lamp`) or stem → how much it says of the idea, 0..1. */
export type Meanings = ReadonlyMap<string, number>

/** In the title what is asked for counts whole; what a word of place or purpose hangs on, and the text, count less. */
export interface Weights {
  hung: number
  text: number
  stem: number
  kinds: Record<ConceptKind, number>
}

export const WEIGHTS: Weights = {
  hung: 0.3,
  text: 0.4,
  stem: 0.5,
  kinds: { thing: 1, place: 0.3, side: 0.3 },
}

const KAZAKH_ENDINGS =
  /(?:лар|лер|дар|дер|тар|тер|ндагы|ндеги|дагы|деги|тагы|теги|нын|нин|дын|дин|тын|тин|нда|нде|нан|нен|дан|ден|тан|тен|га|ге|ка|ке|на|не|да|де|та|те|ны|ни|ды|ди|ты|ти|сы|си|мен|бен|пен|лы|ли|лык|лик|дык|дик|тык|тик|сыз|сиз|ын|ин|ым|им|ы|и|у|н)$/
const RUSSIAN_ENDINGS =
  /(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|ость|ать|ять|ить|еть|ках|ах|ях|ов|ев|ей|ой|ии|ий|ый|ая|яя|ое|ее|ые|ие|ую|юю|ам|ям|ом|ем|ых|их|ым|им|ы|а|я|о|е|и|у|ю|ь|й)$/

/** All stems that a folded word may have, with the word itself; the shortest come last. */
export function stemsOf(word: string): string[] {
  const stems = [word]
  for (let stem = word; ; ) {
    const shorter = stem.replace(KAZAKH_ENDINGS, '')
    if (shorter === stem || shorter.length < 2) break
    stem = shorter
    stems.push(stem)
    // құдығы belongs to құдық.
    if (stem.endsWith('г')) stems.push(`${stem.slice(0, -1)}к`)
  }
  const russian = word.replace(RUSSIAN_ENDINGS, '')
  if (russian !== word && russian.length >= 2) stems.push(russian)
  return stems
}

/** Before it, in Russian, stands what is asked for; behind it, where and for whom. */
const PREPOSITIONS = new Set(
  'у в во на возле около за до к ко вдоль для от из с со через при по под над рядом вокруг против'.split(' '),
)
/** In Kazakh: where, said of the word before. */
const BESIDE =
  /^(?:жан|кас|алд|ман|бой|уст|аст|арт|иш|арасын|айнала|шет|жага)(?:ы|и|да|де|ын|ин|на|не|ге|га|та|те)|^(?:ушин|дейин|карай)$/
/** Endings that say where to, where, from where and whose. */
const HANGING =
  /(?:га|ге|ка|ке|на|не|нын|нин|дын|дин|тын|тин|дагы|деги|тагы|теги|нан|нен|дан|ден|тан|тен|да|де|та|те)$/

/** Letters and signs that Russian does not have, or words that it lacks. */
const KAZAKH = /[әғқңөұүһі]|(?:^|\P{L})(?:керек|жок|болса|мен|салу|жасау|орнату)(?!\p{L})/iu

interface Word {
  word: string
  stems: string[]
  hung: boolean
}

function readWords(text: string): Word[] {
  const read = (text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MOST_WORDS).join(' ')
  const kazakh = KAZAKH.test(read)
  const words = foldLetters(read).split(' ').filter(Boolean)
  let hangs = false
  return words.map((word, at) => {
    if (!kazakh && PREPOSITIONS.has(word)) hangs = true
    const hung = kazakh ? HANGING.test(word) || BESIDE.test(words[at + 1] ?? '') : hangs
    return { word, stems: stemsOf(word), hung }
  })
}

/** Up to so many letters a beginning is a whole stem. */
const WHOLE = 4

/** It begins so, but for one letter too much, too few or another: as people misspell. */
export function nearlyBegins(word: string, beginning: string): boolean {
  let from = 0
  while (from < beginning.length && word[from] === beginning[from]) from++
  const rest = beginning.slice(from + 1)
  return (
    word.startsWith(rest, from + 1) ||
    word.startsWith(rest, from) ||
    word.startsWith(beginning.slice(from), from + 1)
  )
}

const begins = ({ word, stems }: Word, beginning: string): boolean =>
  stems.includes(beginning) || (beginning.length > WHOLE && word.startsWith(beginning))

const misspelt = ({ word }: Word, beginning: string): boolean =>
  beginning.length > WHOLE + 1 && word.length >= beginning.length - 1 && nearlyBegins(word, beginning)

/** By their first letter, in which no word is misspelt. */
const CONCEPTS: ReadonlyMap<string, Concept[]> = byFirstLetter(conceptsOf(foldLetters))

function byFirstLetter(concepts: readonly Concept[]): Map<string, Concept[]> {
  const groups = new Map<string, Concept[]>()
  for (const concept of concepts) {
    const letter = concept.words[0]?.charAt(0) ?? ''
    groups.set(letter, [...(groups.get(letter) ?? []), concept])
  }
  return groups
}

/** The meaning that the words from here on have: of several words before one, misspelt only where nothing is spelt so. */
function meaningAt(words: readonly Word[], at: number): Concept | undefined {
  const known = CONCEPTS.get(words[at]?.word.charAt(0) ?? '') ?? []
  const fits = (parts: readonly string[], test: (word: Word, beginning: string) => boolean) =>
    parts.every((part, n) => {
      const word = words[at + n]
      return word !== undefined && test(word, part)
    })
  const found = (several: boolean, test: (word: Word, beginning: string) => boolean) =>
    known.find((one) => one.words.length > 1 === several && fits(one.words, test))
  const roughly = (word: Word, part: string) => begins(word, part) || misspelt(word, part)
  return found(true, begins) ?? found(true, roughly) ?? found(false, begins) ?? found(false, roughly)
}

const isCommon = ({ word, stems }: Word): boolean => word.length < 3 || stems.some((stem) => COMMON.has(stem))

/** Letters of a stem that has no meaning of ours. */
const LONGEST_STEM = 6

const stemOf = ({ stems }: Word): string =>
  (stems.findLast((stem) => stem.length > 3) ?? stems[0] ?? '').slice(0, LONGEST_STEM)

/** Of a long text the first words are read, and of many meanings the strongest count: a score takes well below a millisecond. */
const MOST_WORDS = 60
const MOST_MEANINGS = 24

/** What an idea is about. Of a word that comes again the strongest counts. */
export function meaningsOf({ title, text }: Said, weights: Weights = WEIGHTS): Meanings {
  const found = new Map<string, number>()
  const keep = (key: string, weight: number) => found.set(key, Math.max(weight, found.get(key) ?? 0))
  for (const [part, share] of [
    [title, 1],
    [text, weights.text],
  ] as const) {
    const words = readWords(part)
    for (let at = 0; at < words.length; at++) {
      const word = words[at] as Word
      const meaning = meaningAt(words, at)
      const last = words[at + (meaning?.words.length ?? 1) - 1] as Word
      // A word that is a beginning as it stands has no ending that it could hang by.
      const whole = meaning !== undefined && last.word.length <= (meaning.words.at(-1)?.length ?? 0) + 1
      const hung = last.hung && !(whole && HANGING.test(last.word)) ? weights.hung : 1
      if (meaning) {
        keep(`=${meaning.name}`, share * weights.kinds[meaning.kind] * (meaning.kind === 'thing' ? hung : 1))
        at += meaning.words.length - 1
      } else if (!isCommon(word)) keep(stemOf(word), share * weights.stem * hung)
    }
  }
  return new Map([...found].sort(([, a], [, b]) => b - a).slice(0, MOST_MEANINGS))
}
