// An announcement of officials: its words in each language, what it carries, for whom it is, and what stops it before it is sent.
import { z } from 'zod'
import { broken } from './html.ts'
import { OFFICIAL_LANGUAGES } from './localised.ts'

/** Of the residents of a vote: everybody, or those of whom this is so. */
export const AUDIENCES = [
  'all',
  'verified',
  'unverified',
  'voted',
  'not-voted',
  'opened',
  'authors',
  'followers',
] as const
export type AudienceKind = (typeof AUDIENCES)[number]

/** `territory`: of the residents of this place and of all that lies in it; `locale`: of the readers of this language. */
export const audienceSchema = z.object({
  who: z.enum(AUDIENCES),
  territory: z.int().optional(),
  locale: z.string().optional(),
})
export type Audience = z.infer<typeof audienceSchema>

/** Whether it tells the people of an audience apart by whether they voted. */
export const tellsVotes = ({ who }: Audience): boolean =>
  who === 'voted' || who === 'not-voted' || who === 'opened'

/** An audience that tells who voted is neither counted nor sent to where it, or who is left of all, is below this. */
export const LEAST_VOTERS = 20

/** What stands above or before the text: Telegram's file id. */
export const mediaSchema = z.object({ kind: z.enum(['photo', 'voice']), fileId: z.string() })
export type AnnouncementMedia = z.infer<typeof mediaSchema>

/**
 * Of a text, as it is read. Telegram takes 4,096; an official's own client parts what is longer somewhere below that, and only the first
 * part answers a question: what may have been parted is too long.
 */
export const LONGEST_TEXT = 3800
/** Telegram's limit under a photo or a voice note. */
export const LONGEST_CAPTION = 1024

/** Telegram's HTML by language. */
export type AnnouncementTexts = Readonly<Record<string, string>>

/** What of an announcement is approved. `at`: UTC ISO, null: as soon as it is approved. */
export const contentSchema = z.object({
  texts: z.record(z.string(), z.string()),
  media: mediaSchema.nullable(),
  audience: audienceSchema,
  at: z.string().nullable(),
  /** It is posted in the channels of its places too. */
  channel: z.literal(true).optional(),
})
export type Content = z.infer<typeof contentSchema>

export type TextFault =
  /** It is not written in a language that every announcement has. */
  | { kind: 'no-text'; locale: string }
  | { kind: 'too-long'; locale: string; letters: number; most: number }
  /** Telegram would not take this tag, at so many letters from the beginning. */
  | { kind: 'broken-tag'; locale: string; tag: string; at: number }

/** In a practice the bot writes above the text that it is one: so many letters are kept for that. */
const PRACTICE_LINE = 160

/** What is wrong with the texts, each language by itself. `trial`: of a practice. */
export function textFaults(
  texts: AnnouncementTexts,
  media: AnnouncementMedia | null,
  trial: boolean,
): TextFault[] {
  const most = (media ? LONGEST_CAPTION : LONGEST_TEXT) - (trial ? PRACTICE_LINE : 0)
  const missing = OFFICIAL_LANGUAGES.filter((locale) => (texts[locale] ?? '').trim() === '')
  return [
    ...missing.map((locale): TextFault => ({ kind: 'no-text', locale })),
    ...Object.entries(texts).flatMap(([locale, text]): TextFault[] => {
      const read = broken(text)
      if (!read.ok) return [{ locale, ...read.problem }]
      return read.value > most ? [{ kind: 'too-long', locale, letters: read.value, most }] : []
    }),
  ]
}

/** Lines that differ between two versions of a text: what went, and what came, in the order of the text. */
export function changedLines(before: string, after: string): { went: string[]; came: string[] } {
  const [old, now] = [before.split('\n'), after.split('\n')]
  return {
    went: old.filter((line) => !now.includes(line)),
    came: now.filter((line) => !old.includes(line)),
  }
}

/** How many messages of an announcement came to what. `waiting`: not sent so far. */
export interface AnnouncementFigures {
  waiting: number
  sent: number
  blocked: number
  failed: number
  /** Whether they arrived is not known: they are never sent again. */
  unknown: number
  cancelled: number
  /** Readers who pressed the button under it. */
  pressed: number
}
