// A copy of ours was sent where Telegram's own id was of another bot: the new id is kept in its place.
import { renewFile } from '../store/idea-media.ts'
import type { App } from './app.ts'

/** Returns the id that is kept now: of two who sent the copy at once one was first. */
export const renewIdeaFile = (
  app: App,
  { id, fileId: old }: { id: number; fileId: string },
  fileId: string,
): Promise<string> => renewFile(app.db, { id, old, fileId })
