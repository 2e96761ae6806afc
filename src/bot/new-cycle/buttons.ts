// Buttons of a cycle that is drawn up: a part of it, and what is chosen there.
import { button } from '../callback.ts'

/** Opens a part. */
export const partButton = button('cq', { part: 'word' })
/** An answer that needs no writing. */
export const chooseButton = button('cu', { part: 'word', value: 'word' })
/** Begins with the settings of that cycle. */
export const fromButton = button('cf', { cycle: 'int' })
export const makeButton = button('cg', {})
