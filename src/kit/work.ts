// What a form of the kit hands over to be worked on, and what comes back.
import type { T, Texts } from '../texts.ts'

export type KitFile = { name: string; bytes: Uint8Array<ArrayBuffer> }

/** What stands in the fields, by their names; a field that was left empty is missing. */
export type Given = { texts: Readonly<Record<string, string>>; files: Readonly<Record<string, KitFile>> }

/** A paper to print: its lines, and a code of the last one. */
export type Sheet = { title: string; lines: readonly string[]; big: string; code: string; text: string }

export type Answer = {
  holds: boolean
  lines: readonly string[]
  files: readonly KitFile[]
  sheets: readonly Sheet[]
}

/** `t`: in the language of the page. */
export type Work = (given: Given, t: T, texts: Texts) => Promise<Answer>

export const holding = (lines: readonly string[], more: Partial<Answer> = {}): Answer => ({
  holds: true,
  lines,
  files: [],
  sheets: [],
  ...more,
})

export const failing = (lines: readonly string[]): Answer => ({ ...holding(lines), holds: false })

/** Whole in a buffer of its own, as a download takes it. */
export const kitFile = (name: string, bytes: Uint8Array): KitFile => ({ name, bytes: Uint8Array.from(bytes) })
