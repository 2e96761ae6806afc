// A moment in a button.

/** Whole minutes since 1970. */
export const minutesOf = (moment: string): number => Math.floor(Date.parse(moment) / 60_000)
export const momentOf = (minutes: number): string => new Date(minutes * 60_000).toISOString()
