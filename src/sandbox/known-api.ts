// Calls held against the list of what the Bot API has: methods and parameters that Telegram does not know, or that are missing here.
import type { Refusal } from './answer.ts'
import { bad, refuse } from './answer.ts'
import { apiMethods } from './api-list.ts'
import type { Params } from './params.ts'

export interface KnownApi {
  /** Why a method that the sandbox does not have cannot be called. */
  missing(method: string): Refusal
  /** The names of parameters that Telegram would pass over without a word. */
  unknown(method: string, params: Params): string[]
}

// Telegram reads these although it stopped telling of them.
const old = new Set(['reply_to_message_id', 'allow_sending_without_reply', 'disable_web_page_preview'])

/** Reads the list. Names of methods are told apart without regard to case, as on Telegram. */
export function knownApi(): KnownApi {
  const methods = new Map(
    apiMethods
      .trim()
      .split('\n')
      .map((line): [string, { name: string; parameters: Set<string> }] => {
        const [name = '', ...parameters] = line.split(' ')
        return [name.toLowerCase(), { name, parameters: new Set(parameters) }]
      }),
  )
  return {
    missing(method) {
      const known = methods.get(method.toLowerCase())
      return known
        ? bad(`this sandbox does not have the method ${known.name}, which Telegram has`)
        : refuse(404, 'Not Found: method not found')
    },
    unknown(method, params) {
      const known = methods.get(method.toLowerCase())?.parameters
      // Some libraries say the method's name in the body too, as the answer to a webhook must.
      const again = String(params.method).toLowerCase() === method.toLowerCase() ? 'method' : undefined
      const strange = (name: string) => !known?.has(name) && !old.has(name) && name !== again
      return known ? Object.keys(params).filter(strange) : []
    },
  }
}

/** The refusal of parameters that Telegram would pass over. */
export const notKnown = (method: string, names: readonly string[]): Refusal =>
  bad(
    `${method} has no parameter ${names.map((name) => `"${name}"`).join(', ')}: Telegram would pass over it without a word, this sandbox takes it for a mistake`,
  )
