// What an official who announces is expected to write or send.
import { z } from 'zod'

/** `version`: the announcement as it was read when this was asked. */
export const announceExpects = {
  announce: z.object({
    announcement: z.int(),
    version: z.int(),
    what: z.enum(['text', 'media', 'when']),
    locale: z.string(),
  }),
}
export type Announcing = z.infer<typeof announceExpects.announce>
export type Wish = Announcing['what']
export const isWish = (text: string): text is Wish => text === 'text' || text === 'media' || text === 'when'
