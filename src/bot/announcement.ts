// How far an announcement is, and what came of it: for its officials.
import type { AnnouncementFigures } from '../core/announcement.ts'
import type { T } from '../i18n.ts'
import type { Announcement } from '../use-cases/read-announcement.ts'
import { figuresLine, stateName } from '../words/announcement.ts'

/** How far it is, or how it ended. */
export const endedLines = (
  t: T,
  { id, state }: { id: number; state: Announcement['state'] },
  figures: AnnouncementFigures,
): string[] => [
  t.html('announce.ended', { number: id, state: stateName(t, state) }),
  figuresLine(t, figures, true),
]
