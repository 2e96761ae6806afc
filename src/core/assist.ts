// Assisted votes: how many people one facilitator may help, and how long a session lasts.

/** Where the cycle says nothing else. */
export const MOST_HELPED = 100

/** A session that was opened and not sent by then is over: the person is asked for their card or document anew. */
export const ASSIST_MINUTES = 60

/** What happened with a session so far. `sent`: the ballot is cast, and its number not yet written down. */
export type AssistState = 'open' | 'sent' | 'over'
