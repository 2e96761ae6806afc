// Reports of pressure and of votes that are bought: how long one may be, and how many a person may send.

/** Letters of a text. */
export const REPORT_LETTERS = 1000
/** From one account within a day of Kazakhstan. */
export const REPORTS_A_DAY = 3

export type SaidReport = { text: string } | { voice: string }

/** A text fits, or is too long; of an empty one nothing is left. */
export function reportLength(text: string): { kind: 'fits' } | { kind: 'bad-length'; number: number } {
  const number = Array.from(text.trim()).length
  return number > 0 && number <= REPORT_LETTERS ? { kind: 'fits' } : { kind: 'bad-length', number }
}
