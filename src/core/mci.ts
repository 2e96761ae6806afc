// The monthly calculation index (АЕК, МРП) in which ceilings are stated, in whole tenge by year, as the budget laws set it.

const MCI: Record<number, number> = { 2023: 3_450, 2024: 3_692, 2025: 3_932, 2026: 4_325 }

/** Tenge of so many indexes of the year; undefined where its law is not known here. */
export function mciToTenge(count: number, year: number): number | undefined {
  const one = MCI[year]
  return one === undefined ? undefined : Math.floor(count * one)
}
