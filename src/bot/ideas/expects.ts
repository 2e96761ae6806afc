// An author is expected to write their name, as everybody is to read it beside their idea.
import { z } from 'zod'

export const ideasExpects = { 'author-name': z.object({ idea: z.int() }) }
