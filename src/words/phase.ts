// How a phase of a cycle is called.
import type { Phase } from '../core/cycle.ts'
import type { T } from '../i18n.ts'

/** `голосование`: plain, in small letters. */
export const phaseName = (t: T, phase: Phase): string => t(`cli.phase-${phase}`)
