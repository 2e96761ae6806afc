// The one spelling of a value as JSON that is hashed: a subset of RFC 8785 with whole numbers only.

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/**
 * Canonical JSON: no spaces, keys in the order of their UTF-16 units, strings as JSON.stringify escapes them. Numbers
 * are safe integers. RangeError or TypeError for anything else (fractions, undefined, dates, class instances, lone
 * surrogates): what is hashed must mean one thing.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError('canonical JSON: numbers are safe integers')
    return JSON.stringify(value)
  }
  if (typeof value !== 'object') throw new TypeError('canonical JSON: not a plain value')
  if (Array.isArray(value)) return `[${Array.from(value as readonly Json[], canonicalJson).join(',')}]`
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('canonical JSON: objects are plain')
  }
  const fields = Object.entries(value as { readonly [key: string]: Json })
  fields.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, item]) => `${canonicalString(key)}:${canonicalJson(item)}`).join(',')}}`
}

function canonicalString(text: string): string {
  if (/\p{Cs}/u.test(text)) throw new RangeError('canonical JSON: a lone surrogate')
  return JSON.stringify(text)
}
