// Exact fractions of whole numbers of any size. Written as text (`7`, `1000/3`) where they leave the core.

/** In lowest terms, `den` above zero. */
export type Fraction = { readonly num: bigint; readonly den: bigint }

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** num / den in lowest terms. Throws on a zero denominator. */
export function fraction(num: bigint, den = 1n): Fraction {
  if (den === 0n) throw new RangeError('a fraction over zero')
  const by = gcd(num, den) * (den < 0n ? -1n : 1n)
  return by === 0n ? { num: 0n, den: 1n } : { num: num / by, den: den / by }
}

/** Below zero when a < b. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const gap = a.num * b.den - b.num * a.den
  return gap < 0n ? -1 : gap > 0n ? 1 : 0
}

/** Rounded down to a whole number. */
export function floorOf({ num, den }: Fraction): bigint {
  const whole = num / den
  return num < 0n && whole * den !== num ? whole - 1n : whole
}

/** `7` or `1000/3`. */
export const fractionText = ({ num, den }: Fraction): string => (den === 1n ? `${num}` : `${num}/${den}`)

/** Reads what `fractionText` writes; undefined for any other text. */
export function fractionFrom(text: string): Fraction | undefined {
  const [, num, den] = /^(-?\d+)(?:\/([1-9]\d*))?$/.exec(text) ?? []
  return num === undefined ? undefined : fraction(BigInt(num), BigInt(den ?? 1))
}

/** The nearest double of num / den (both above or equal to zero) within a relative error of 2^-52. */
export function toDouble(num: bigint, den: bigint): number {
  if (num === 0n) return 0
  const bits = (n: bigint) => n.toString(16).length * 4
  const shift = bits(den) - bits(num) + 64
  const scaled = shift >= 0 ? (num << BigInt(shift)) / den : num / (den << BigInt(-shift))
  return Number(scaled) * 2 ** -shift
}
