// Reading the parameters of a call: JSON bodies carry values, forms carry strings, both must work.

export type Params = Record<string, unknown>

export interface Upload {
  name: string
  mime: string
  data: Buffer
}

export const isObject = (value: unknown): value is Params =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A parameter as text; numbers and booleans are spelled out, anything else counts as absent. */
export const text = (p: Params, name: string): string | undefined => {
  const value = p[name]
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** A whole number, or undefined when absent or not a whole number. */
export const int = (p: Params, name: string): number | undefined => {
  const value = text(p, name)
  return value !== undefined && /^\s*-?\d+\s*$/.test(value) ? Number(value) : undefined
}

/** A decimal number, or undefined. */
export const decimal = (p: Params, name: string): number | undefined => {
  const value = text(p, name)
  if (value === undefined || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** Telegram takes true, yes and 1 for yes. */
export const flag = (p: Params, name: string): boolean => /^(true|yes|1)$/i.test(text(p, name) ?? '')

/** A structured parameter, given as JSON or as a string of JSON. undefined: absent or empty; null: not JSON. */
export const json = (p: Params, name: string): unknown => {
  const value = p[name]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return null
  }
}
