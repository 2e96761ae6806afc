// What a programme asks of a project beside its kind: marks, and the goals of sustainable development (SDG) by their numbers.

export const MARKS = ['green_energy', 'inclusion', 'climate'] as const
export type Mark = (typeof MARKS)[number]

export interface Marks {
  marks: Mark[]
  /** From 1 to 17, ascending. */
  sdgs: number[]
}

const NONE: Marks = { marks: [], sdgs: [] }

/** What a category carries; one that is not here, such as an imported election's, carries nothing. */
const OF_CATEGORY: Readonly<Record<string, Marks>> = {
  roads: { marks: [], sdgs: [9, 11] },
  street_lighting: { marks: [], sdgs: [7, 11] },
  playground: { marks: ['inclusion'], sdgs: [3, 11] },
  greening: { marks: ['climate'], sdgs: [13, 15] },
  sports: { marks: [], sdgs: [3] },
  water: { marks: [], sdgs: [6] },
  culture: { marks: [], sdgs: [4, 11] },
  waste: { marks: ['climate'], sdgs: [11, 12] },
  green_energy: { marks: ['green_energy', 'climate'], sdgs: [7, 13] },
  inclusion: { marks: ['inclusion'], sdgs: [5, 10] },
  climate: { marks: ['climate'], sdgs: [13] },
}

/** Those that were put in for this project, else those of its category. */
export const marksOf = ({ category, marks }: { category: string; marks?: Marks | null }): Marks =>
  marks ?? OF_CATEGORY[category] ?? NONE

/** A category of ours or a mark: what a pot may say that it takes. */
export const isTakenBy = (word: string): boolean =>
  isMark(word) || word === 'other' || Object.hasOwn(OF_CATEGORY, word)

const isMark = (word: string | undefined): word is Mark =>
  (MARKS as readonly (string | undefined)[]).includes(word)

/**
 * Marks as an official writes them: `климат, ЦУР 13; 7`. `names`: marks by the words they are called, folded by `fold`. The first part
 * that is neither is returned as `wrong`. A dash alone means none.
 */
export function readMarks(
  text: string,
  names: ReadonlyMap<string, string>,
  fold: (word: string) => string,
): Marks | { wrong: string } {
  const parts = text
    .split(/[,;/]/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !/^[-–—]$/.test(part))
  const marks = new Set<Mark>()
  const sdgs = new Set<number>()
  for (const part of parts) {
    const [, digits] = /^(?:(?:SDG|ЦУР|ТДМ)\s*)?(?:№\s*)?(\d{1,2})$/iu.exec(part) ?? []
    const goal = Number(digits)
    const named = names.get(fold(part))
    if (goal >= 1 && goal <= 17) sdgs.add(goal)
    else if (isMark(named)) marks.add(named)
    else return { wrong: part }
  }
  return {
    marks: MARKS.filter((mark) => marks.has(mark)),
    sdgs: [...sdgs].sort((a, b) => a - b),
  }
}
