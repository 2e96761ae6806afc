// How long a story waits for what must come: long, for a machine may be slow, and whoever waits for a thing goes on once it is there.

/** `DAUYS_PATIENCE`: seconds; runs in which stories are meant to fail want fewer. */
export const PATIENCE_MS = Number(process.env.DAUYS_PATIENCE ?? 90) * 1000

/** A chat is drawn as fast as the people of a story act, who are faster than any hand. */
const often = { limit: 100_000, windowMs: 1000 }
export const NO_HURRY = { messages: often, presses: often, doubleTapS: 0 }
