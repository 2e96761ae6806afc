// Buttons of moderators. Each carries the version that was on the screen: what is decided is what was read.
import { button } from '../callback.ts'

const IDEA = { idea: 'int', version: 'int' } as const

/** What waits behind this idea. */
export const nextButton = button('mu', { after: 'int' })
/** Decided with one press. */
export const approveButton = button('ma', IDEA)
export const claimButton = button('mc', { idea: 'int' })
/** Asks for words: a question, another idea's number, a sum, why not. */
export const askButton = button('mt', { ...IDEA, what: 'word' })
/** `into`: the number of the idea that this one is merged into. */
export const mergeButton = button('mj', { ...IDEA, into: 'int' })
export const rejectButton = button('mr', IDEA)
/** `reason`: of the closed list; `now`: 1 without more words. */
export const reasonButton = button('mx', { ...IDEA, now: 'int', reason: 'word' })
export const editButton = button('me', IDEA)
/** `what`: title or text; `locale`: of the words that are asked for. */
export const wordsButton = button('mw', { ...IDEA, what: 'word', locale: 'word' })
export const categoriesButton = button('mk', IDEA)
export const categoryButton = button('ml', { ...IDEA, category: 'word' })
/** `list`: 1 for a work of the official list; the cost in thousands and the rest, for a sum does not fit one number of a button. */
export const costButton = button('mf', { ...IDEA, list: 'int', thousands: 'int', rest: 'int' })
/** The author sends no new idea for so many days; 0: asks for how long. */
export const muteButton = button('mm', { idea: 'int', days: 'int' })
export const unmuteButton = button('mz', { idea: 'int' })
export const mediaButton = button('mv', { idea: 'int' })
