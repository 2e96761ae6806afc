// Typed buttons: an action, then its fields, packed into at most 64 bytes. Old or foreign data parses to undefined.
import { packUuid, unpackUuid } from '../core/ids.ts'

/** The ids in buttons are PostgreSQL's `integer`. */
const LARGEST = 2 ** 31 - 1

type Kind = 'int' | 'uuid' | 'word'
type Value<K extends Kind> = K extends 'int' ? number : string
type Values<F extends Record<string, Kind>> = { [N in keyof F]: Value<F[N]> }

export interface ButtonType<V> {
  /** What grammY matches presses with. */
  pattern: RegExp
  pack(values: V): string
  parse(data: string): V | undefined
}

/** `action` carries its version in its name: a changed meaning gets a new name, so that old buttons parse to undefined. */
export function button<F extends Record<string, Kind>>(action: string, fields: F): ButtonType<Values<F>> {
  const names = Object.entries(fields)
  return {
    pattern: new RegExp(`^${action}(?::|$)`),
    pack(values) {
      const parts = names.map(([name, kind]) =>
        packOne(kind, (values as Record<string, string | number>)[name]),
      )
      const data = [action, ...parts].join(':')
      if (Buffer.byteLength(data) > 64) throw new RangeError(`button ${action}: over 64 bytes`)
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

function packOne(kind: Kind, value: string | number | undefined): string {
  if (value === undefined) throw new Error('button: a field is missing')
  if (kind === 'int') return Number(value).toString(36)
  return kind === 'uuid' ? packUuid(String(value)) : String(value)
}

function parseOne(kind: Kind, text: string): string | number | undefined {
  if (kind === 'uuid') return unpackUuid(text)
  if (kind === 'word') return /^[\w-]{0,32}$/.test(text) ? text : undefined
  const number = /^[0-9a-z]{1,7}$/.test(text) ? Number.parseInt(text, 36) : Number.NaN
  return number <= LARGEST ? number : undefined
}
