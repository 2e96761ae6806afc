// The registry of what a person's next message may be expected to be. Plain data in the session store; lost, it costs one question.
import type { Message } from 'grammy/types'
import { z } from 'zod'
import { consultExpects } from './consult/expects.ts'
import { assistExpects } from './assist/expects.ts'
import { announceExpects } from './announce/expects.ts'
import { answeringExpects } from './answering/expects.ts'
import { discoverExpects } from './discover/expects.ts'
import { ideasExpects } from './ideas/expects.ts'
import { keepingExpects } from './keeping/expects.ts'
import { manageExpects } from './manage/expects.ts'
import { holdingExpects } from './holding/expects.ts'
import { newCycleExpects } from './new-cycle/expects.ts'
import { moderationExpects } from './moderation/expects.ts'
import { paperExpects } from './paper/expects.ts'
import { personExpects } from './person/expects.ts'
import { reportExpects } from './report/expects.ts'
import { reviewExpects } from './reviews/expects.ts'
import { pressureExpects } from './pressure/expects.ts'
import { questionExpects } from './questions/expects.ts'
import { startExpects } from './start/expects.ts'
import type { Talk } from './talk.ts'
import { verifyExpects } from './verify/expects.ts'
import { voteExpects } from './vote/expects.ts'
import { worksExpects } from './works/expects.ts'

/** One line a feature: the kinds it expects, each with the schema of what is kept meanwhile. */
export const expectations = {
  ...startExpects,
  ...discoverExpects,
  ...voteExpects,
  ...verifyExpects,
  ...moderationExpects,
  ...newCycleExpects,
  ...consultExpects,
  ...holdingExpects,
  ...paperExpects,
  ...personExpects,
  ...assistExpects,
  ...pressureExpects,
  ...reportExpects,
  ...reviewExpects,
  ...questionExpects,
  ...ideasExpects,
  ...answeringExpects,
  ...worksExpects,
  ...keepingExpects,
  ...manageExpects,
  ...announceExpects,
}

type Schemas = typeof expectations
export type ExpectationKind = keyof Schemas
type Kept<K extends ExpectationKind> = z.infer<Schemas[K]>
export type Expectation = { [K in ExpectationKind]: { kind: K } & Kept<K> }[ExpectationKind]

/** Who takes an expected message; false: this one is not what was expected, others may have it. */
type Take<W> = (talk: Talk, kept: W, message: Message) => Promise<boolean>
/** Until each kind has its taker, the type checker names the missing one in bot.ts. `edited`: takes a correction of a message too;
 * `longest`: takes more letters than a message of the chat may have otherwise. */
export type Takes = {
  [K in ExpectationKind]: { take: Take<Kept<K>>; edited?: Take<Kept<K>>; longest?: number }
}

/** Reads what the store holds; undefined for nothing, or for what an older version left there. */
export function readExpectation(stored: unknown): Expectation | undefined {
  const head = z.object({ kind: z.string() }).loose().safeParse(stored)
  if (!head.success || !Object.hasOwn(expectations, head.data.kind)) return undefined
  const kind = head.data.kind as ExpectationKind
  const kept = expectations[kind].safeParse(head.data)
  return kept.success ? ({ ...kept.data, kind } as Expectation) : undefined
}
