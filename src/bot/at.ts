// A place of a vote, as buttons, expectations and use cases name it: the cycle and the territory.
import { z } from 'zod'

export interface At {
  cycle: number
  territory: number
}

/** The fields of a button that leads to a place. */
export const AT = { cycle: 'int', territory: 'int' } as const

/** The fields of an expectation that is about a place. */
export const AT_SCHEMA = { cycle: z.int(), territory: z.int() }

/** Where this place stands. */
export const at = (place: { cycle: { id: number }; territory: number }): At => ({
  cycle: place.cycle.id,
  territory: place.territory,
})
