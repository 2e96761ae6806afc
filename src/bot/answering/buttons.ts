// Buttons of officials who answer. Each carries the version that was on the screen: what is answered is what was read.
import { button } from '../callback.ts'

/** What waits behind this question. */
export const nextButton = button('qn', { after: 'int' })
export const answerButton = button('qw', { question: 'int', version: 'int', locale: 'word' })
export const declineButton = button('qd', { question: 'int', version: 'int' })
