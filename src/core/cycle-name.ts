// A cycle's short name out of its Russian title: `Баршатас: бюджет 2027` → `barshatas-byudzhet-2027`.
import { isCycleName } from './cycle.ts'

const LETTERS: Record<string, string> = Object.fromEntries(
  [
    ...'а a|б b|в v|г g|д d|е e|ё e|ж zh|з z|и i|й i|к k|л l|м m|н n|о o|п p|р r|с s|т t|у u|ф f|х kh|ц ts|ч ch|ш sh|щ shch'.split(
      '|',
    ),
    ...'ъ |ы y|ь |э e|ю yu|я ya|ә a|ғ g|қ q|ң n|ө o|ұ u|ү u|һ h|і i'.split('|'),
  ].map((pair) => pair.split(' ') as [string, string]),
)
/** A cycle's name has 48 at most; what tells two of one title apart comes behind. */
const LONGEST = 40

/** `n`: of several with this title, from 1. */
export function cycleNameOf(title: string, n = 1): string {
  const latin = title.toLowerCase().replace(/\p{L}/gu, (letter) => LETTERS[letter] ?? letter)
  const words = latin
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST + 1)
    // A word that was cut is left out.
    .replace(/^(.{2,40})-[^-]*$/, (whole, words: string) => (whole.length > LONGEST ? words : whole))
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '')
  const name = [words, ...(n > 1 ? [String(n)] : [])].join('-')
  return isCycleName(name) ? name : `cycle-${name}`.replace(/-+$/, '')
}
