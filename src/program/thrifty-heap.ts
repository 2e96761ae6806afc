// How the heap grows: beside a database on a small machine, to twice what is in use, not to several times as much.
import { setFlagsFromString } from 'node:v8'

/** Percent of what survived a collection that may be added before the next one. V8 by itself lets it grow up to fourfold. */
const GROWTH = 100

/** Of this process and all its threads, from now on. More is collected, and less memory is held. */
export const keepHeapSmall = (): void => setFlagsFromString(`--heap-growing-percent=${GROWTH}`)
