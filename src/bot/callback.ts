// Typed buttons: an action, then its fields, packed into at most 64 bytes. Old or foreign data parses to undefined.
import { packUuid, unpackUuid } from '../core/ids.ts'

/** The ids in buttons are PostgreSQL's `integer`. */
const LARGEST = 2 ** 31 - 1

const MAX_BYTES = 64

/** `text`: words of a person. It comes last, and only as much of it as the bytes allow is kept. */
type Kind = 'int' | 'uuid' | 'word' | 'text'
type Value<K extends Kind> = K extends 'int' ? number : string
type Values<F extends Record<string, Kind>> = { [N in keyof F]: Value<F[N]> }

export interface ButtonType<V> {
  /** What its data begins with, up to the first colon. */
  action: string
  pattern: RegExp
  pack(values: V): string
  parse(data: string): V | undefined
}

/** `action` carries its version in its name: a changed meaning gets a new name, so that old buttons parse to undefined. */
export function button<F extends Record<string, Kind>>(action: string, fields: F): ButtonType<Values<F>> {
  const names = Object.entries(fields)
  return {
    action,
    pattern: new RegExp(`^${action}(?::|$)`),
    pack(values) {
      const parts = names.map(([name, kind]) =>
        packOne(kind, (values as Record<string, string | number>)[name]),
      )
      const whole = [action, ...parts].join(':')
      const data = names.at(-1)?.[1] === 'text' ? cutBytes(whole) : whole
      if (Buffer.byteLength(data) > MAX_BYTES) throw new RangeError(`button ${action}: over 64 bytes`)
      return data
    },
    parse(data) {
      const [head, ...parts] = data.split(':')
      if (head !== action || parts.length !== names.length) return undefined
      const values: Record<string, string | number> = {}
      for (const [at, [name, kind]] of names.entries()) {
        const value = parseOne(kind, parts[at] ?? '')
        if (value === undefined) return undefined
        values[name] = value
      }
      return values as Values<F>
    },
  }
}

/** The first 64 bytes, without a letter that would be torn. */
const cutBytes = (text: string): string =>
  Buffer.byteLength(text) <= MAX_BYTES
    ? text.trimEnd()
    : new TextDecoder()
        .decode(new TextEncoder().encode(text).subarray(0, MAX_BYTES), { stream: true })
        .trimEnd()

function packOne(kind: Kind, value: string | number | undefined): string {
  if (value === undefined) throw new Error('button: a field is missing')
  if (kind === 'int') return Number(value).toString(36)
  if (kind === 'text')
    return String(value)
      .normalize('NFC')
      .replace(/[\p{C}\s:]+/gu, ' ')
      .trim()
  return kind === 'uuid' ? packUuid(String(value)) : String(value)
}

function parseOne(kind: Kind, text: string): string | number | undefined {
  if (kind === 'uuid') return unpackUuid(text)
  if (kind === 'word') return /^[\w-]{0,32}$/.test(text) ? text : undefined
  if (kind === 'text') return /^\P{C}*$/u.test(text) ? text : undefined
  const number = /^[0-9a-z]{1,7}$/.test(text) ? Number.parseInt(text, 36) : Number.NaN
  return number <= LARGEST ? number : undefined
}
