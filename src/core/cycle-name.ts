// A cycle's short name out of its Russian title: `Баршатас: бюджет 2027` → `barshatas-byudzhet-2027`.
import { isCycleName } from './cycle.ts'
import { isPot } from './pot.ts'

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

const latin = (text: string): string =>
  text.toLowerCase().replace(/\p{L}/gu, (letter) => LETTERS[letter] ?? letter)

/** A pot's short name out of its Russian one, unlike those `taken`: `Дороги` → `dorogi`. */
export function potNameOf(name: string, taken: readonly string[]): string {
  const letters = latin(name)
    .replace(/[^a-z0-9]+/g, '')
    .slice(0, 10)
  const whole = isPot(letters) ? letters : `pot${letters.slice(0, 7)}`
  for (let n = 1; ; n++) {
    const tried = n === 1 ? whole : `${whole}${n}`
    if (!taken.includes(tried)) return tried
  }
}

/** `n`: of several with this title, from 1. */
export function cycleNameOf(title: string, n = 1): string {
  const words = latin(title)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST + 1)
    // A word that was cut is left out.
    .replace(/^(.{2,40})-[^-]*$/, (whole, words: string) => (whole.length > LONGEST ? words : whole))
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '')
  const name = [words, ...(n > 1 ? [String(n)] : [])].join('-')
  return isCycleName(name) ? name : `cycle-${name}`.replace(/-+$/, '')
}
