// What an official who runs a cycle, or an admin, is expected to write: a date, a reason; a place, a day, a person.
import { z } from 'zod'

/** `held`: what the file of a ceremony says, public all of it, and `before`: the key that stood there, once it was read back. `serials`: numbers of cards as they were typed and read back. `file`: Telegram's id of the list that was read back. `reason`: so far; `halt`: what it is for. */
export const manageExpects = {
  'extend-to': z.object({ cycle: z.int() }),
  'card-swap': z.object({ cycle: z.int(), territory: z.int().optional() }),
  'desk-cards': z.object({
    cycle: z.int(),
    what: z.enum(['hand-over', 'return', 'destroy']),
    territory: z.int().optional(),
    serials: z.string().optional(),
  }),
  'projects-file': z.object({ cycle: z.int(), file: z.string().optional() }),
  dice: z.object({ cycle: z.int() }),
  'sample-dice': z.object({ cycle: z.int() }),
  'keys-file': z.object({
    cycle: z.int(),
    held: z.string().optional(),
    before: z.string().optional(),
  }),
  'keys-code': z.object({ cycle: z.int() }),
  'result-file': z.object({ cycle: z.int() }),
  'role-where': z.object({ role: z.string() }),
  'role-until': z.object({ role: z.string(), territory: z.int() }),
  'role-who': z.object({ role: z.string(), territory: z.int(), until: z.int() }),
  'halt-reason': z.object({
    cycle: z.int(),
    halt: z.enum(['suspend', 'void']),
    kk: z.string().optional(),
    ru: z.string().optional(),
  }),
}
