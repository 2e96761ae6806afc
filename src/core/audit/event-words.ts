// The words that events are made of, and the whole spelling of the two kinds that a log has one of for each voter.

/** As regular expressions, without their ends. */
export const ID = '[A-Za-z0-9][A-Za-z0-9._-]{0,63}'
/** 32 bytes in lower-case hex. */
export const HASH = '[0-9a-f]{64}'
/** UTC ISO, in seconds or milliseconds. */
export const TIME = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{3})?Z'
export const CHANNELS = ['online', 'assisted', 'paper'] as const

export const VERSION = 'dauys-event-v1'

/** Fields in the order of the canonical spelling, each with all that it may say: nothing in these needs an escape in JSON. */
const FREQUENT = [
  [
    ['box', HASH],
    ['channel', CHANNELS.join('|')],
    ['commitment', HASH],
    ['cycle', ID],
    ['kind', 'ballot'],
    ['village', ID],
  ],
  [
    ['at', TIME],
    ['claim', HASH],
    ['cycle', ID],
    ['kind', 'claimed'],
    ['method', ID],
    ['village', ID],
  ],
] as const

const bodies = FREQUENT.map((fields) => fields.map(([name, word]) => `"${name}":"(?:${word})"`).join(','))
const whole = new RegExp(`^\\["${VERSION}",\\{(?:${bodies.join('|')})\\}\\]$`)

/**
 * Whether a text is a ballot or a claim in its one canonical spelling: then nothing is left to be checked. It says the same as the
 * schema of the closed list and the canonical form together, at a tenth of the time; whatever else it is, these must say.
 */
export const isFrequentEvent = (text: string): boolean => whole.test(text)

/**
 * The one spelling of a ballot, without the detour over schema and canonical form; undefined for whatever these must say, also where it is
 * wrong.
 */
export function spelledBallot(event: { readonly kind: string }): string | undefined {
  if (event.kind !== 'ballot') return undefined
  const fields = event as Readonly<Record<string, unknown>>
  if (Object.keys(fields).length !== FREQUENT[0].length) return undefined
  const parts: string[] = []
  for (const [name] of FREQUENT[0]) {
    const said = fields[name]
    if (typeof said !== 'string') return undefined
    parts.push(`"${name}":"${said}"`)
  }
  const text = `["${VERSION}",{${parts.join(',')}}]`
  return isFrequentEvent(text) ? text : undefined
}
