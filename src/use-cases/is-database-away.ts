// Is the database away, or did it ask us to try again? Then nothing was decided and the update must come again.
import { databaseAway } from '../store/db.ts'

export const isDatabaseAway = (error: unknown): boolean => databaseAway(error)
