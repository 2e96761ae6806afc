// What of an announcement is approved: words, what it carries, for whom, and when.
import { createHash } from 'node:crypto'
import type { Content } from '../core/announcement.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import type { Announcement } from '../store/announcements.ts'

export const contentOf = ({ texts, media, audience, channel, at }: Announcement): Content => ({
  texts: { ...texts },
  media,
  audience,
  at,
  ...(channel && { channel }),
})

/** SHA-256 of its canonical JSON, hex. */
export const contentHash = (one: Announcement): string =>
  createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(contentOf(one)))))
    .digest('hex')
