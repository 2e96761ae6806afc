// The registry of verification methods, and a method by the name that a cycle keeps.
import { card } from './card.ts'
import { contact } from './contact.ts'
import { inPerson } from './in-person.ts'
import type { VerificationMethod } from './method.ts'

/** One line a method. */
export const methods = { card, contact, 'in-person': inPerson } satisfies {
  [kind: string]: VerificationMethod<string>
}
export type MethodKind = keyof typeof methods

export const isMethod = (kind: string): kind is MethodKind => Object.hasOwn(methods, kind)

/** The method of a cycle. Throws on a kind that this program does not know: a newer one made that cycle. */
export function methodOf(kind: string): VerificationMethod<string> {
  if (!isMethod(kind)) throw new Error('a cycle has a verification method that this program does not know')
  return methods[kind]
}
