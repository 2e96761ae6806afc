// Which cards of a cycle wait for a second official to be replaced.
import { openReissues } from '../store/proposals.ts'
import type { App } from './app.ts'

/** In the order in which they run out; `until` is UTC ISO. */
export const listReissues = (app: App, cycle: number) => openReissues(app.db, cycle)
