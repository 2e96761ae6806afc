// Cycles that see too many wrong codes: each is reported once an hour, over all replicas.
import { reportWrongCodes as report, type WrongCodes } from '../store/wrong-codes.ts'
import type { App } from './app.ts'

/** Those to be reported now; whoever asks next within the hour gets none of them. */
export const reportWrongCodes = (app: App): Promise<WrongCodes[]> => report(app.db)
