// How long a story waits for what must come: long, for a machine may be slow, and whoever waits for a thing goes on once it is there.

/** `DAUYS_PATIENCE`: seconds; runs in which stories are meant to fail want fewer. */
export const PATIENCE_MS = Number(process.env.DAUYS_PATIENCE ?? 90) * 1000
