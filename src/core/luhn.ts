// The check of bank cards (Luhn), so that no number of ours is taken for one: Telegram offers bank links on a tap.

/** Whether the digits end with the check digit of a bank card. Only for texts of ASCII digits; '' passes nothing. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48
    const weighed = place % 2 === 1 ? digit * 2 : digit
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return digits !== '' && sum % 10 === 0
}

// Digits with spaces and dashes between them are one run, from the first to the last; a client never looks inside it.
const run = /[0-9](?:[ -]*[0-9])*/g

/**
 * Whether a client could mark a bank card in this text: a run of digits, single or parted by spaces and dashes, that has 13 to
 * 19 digits and passes Luhn. Stricter than clients are: they also ask for the first digits of a bank and look at what stands
 * around the run; a joined part of a run counts as a run of its own here.
 */
export const showsBankCard = (text: string): boolean =>
  (text.match(run) ?? []).some((found) => {
    const joined = found.match(/[0-9]+/g) ?? []
    return [joined.join(''), ...joined].some(
      (digits) => digits.length >= 13 && digits.length <= 19 && passesLuhn(digits),
    )
  })

// Nine numbers of ten are taken at the first draw; a source of chance that gives none in a hundred is broken.
const MOST_DRAWS = 100

/**
 * Draws until the number of what was drawn (digits only) is none that a client takes for a bank card, and not `refused`
 * otherwise. Throws when a hundred draws gave none.
 */
export function drawUnlikeBankCard<T>(
  draw: () => T,
  numberOf: (drawn: T) => string,
  refused: (drawn: T) => boolean = () => false,
): T {
  for (let times = 0; times < MOST_DRAWS; times++) {
    const drawn = draw()
    if (!passesLuhn(numberOf(drawn)) && !refused(drawn)) return drawn
  }
  throw new Error('a hundred numbers drawn and none to take: the source of chance repeats itself')
}
