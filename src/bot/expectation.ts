// What a person's next message is expected to be. Plain data in the session store; lost, it costs one question.
import { z } from 'zod'

const place = { cycle: z.int(), territory: z.int() }
const schema = z.discriminatedUnion('kind', [
  /** `digits`: what came of a code that is typed in two messages. */
  z.object({ kind: z.literal('code'), ...place, digits: z.string().max(16) }),
  z.object({ kind: z.literal('claim'), ...place, code: z.string().length(16) }),
  z.object({ kind: z.literal('contact'), ...place }),
  z.object({ kind: z.literal('label'), cycle: z.int(), rollRow: z.int() }),
  z.object({ kind: z.literal('search'), ...place }),
  z.object({ kind: z.literal('near'), ...place }),
  z.object({ kind: z.literal('village-near') }),
])
export type Expectation = z.infer<typeof schema>

/** Reads what the store holds; undefined for nothing, or for what an older version left there. */
export function readExpectation(stored: unknown): Expectation | undefined {
  const parsed = schema.safeParse(stored)
  return parsed.success ? parsed.data : undefined
}
