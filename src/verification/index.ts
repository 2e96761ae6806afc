// The registry of verification methods.
import { card } from './card.ts'
import { contact } from './contact.ts'

/** One line a method. */
export const methods = { card, contact }
export type MethodKind = keyof typeof methods
