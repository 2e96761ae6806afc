// Paper boxes: who was handed a paper, what two people entered of each box, and that no village is counted before its numbers fit.
import { toHex } from '../../bytes.ts'
import { type PaperSums, papersFit } from '../../paper.ts'
import { sha256 } from '../../sha256.ts'
import type { Faults } from './fault.ts'
import type { ForgottenReader } from './forgotten.ts'
import type { Hear } from './tree.ts'

/**
 * A box as stored. `box`: null once it was forgotten; `note`: the `reasonHash` of why its numbers do not fit, where somebody said so.
 */
export type PaperRow = { village: string; box: Uint8Array | null; note: string | undefined }

/** What two people entered of a box. `commitment` and `box` hex, `box` the SHA-256 of what is sealed. */
export type PaperBox = PaperSums & { commitment: string; box: string }

/** `marks`: rows for which a paper was handed out. `entered`: undefined until two people agree. */
export type VillagePapers = { marks: number; entered: PaperBox | undefined; note: string | undefined }

export interface PaperReader {
  hear: Hear
  /** After the last leaf. `rows`: undefined for whoever has no database to hold against the log. */
  end(rows: readonly PaperRow[] | undefined): ReadonlyMap<string, VillagePapers>
}

/** Whether its papers may be counted: none was handed out, or two people entered them and they fit, or a note says why not. */
export const papersSettled = ({ marks, entered, note }: VillagePapers): boolean =>
  entered === undefined ? marks === 0 : papersFit(entered) || note !== undefined

export function readPapersOfLog(
  faults: Faults,
  forgetting?: Pick<ForgottenReader, 'forgotten' | 'found'>,
): PaperReader {
  const ways = new Map<string, { village: string; way: string }>()
  const boxes = new Map<string, { entered: PaperBox; note: string | undefined }>()
  let closed = false
  const marksIn = (village: string): number =>
    [...ways.values()].filter((one) => one.village === village && one.way === 'paper').length
  const at = (village: string): VillagePapers => ({
    marks: marksIn(village),
    entered: boxes.get(village)?.entered,
    note: boxes.get(village)?.note,
  })
  return {
    hear: (event, { seq }) => {
      if (event.kind === 'way-changed') ways.set(event.row, event)
      if (event.kind === 'closed') closed = true
      if (event.kind === 'paper-entered') {
        const { village, ballots, spoiled, returned, marks, commitment, box } = event
        if (!closed) faults.add({ kind: 'paper-early', seq })
        if (event.second === event.by) faults.add({ kind: 'one-official', seq })
        if (boxes.has(village)) return faults.add({ kind: 'paper-twice', seq })
        if (marks !== marksIn(village) || marks === 0) faults.add({ kind: 'paper-marks', seq })
        const entered = { ballots, spoiled, returned, marks, commitment, box }
        boxes.set(village, { entered, note: undefined })
      }
      if (event.kind === 'paper-explained') {
        const known = boxes.get(event.village)
        if (!known || known.note !== undefined) return faults.add({ kind: 'paper-note', seq })
        known.note = event.note
      }
      if (event.kind === 'counted' && !papersSettled(at(event.village)))
        faults.add({ kind: 'paper-open', village: event.village })
    },
    end: (rows) => {
      const villages = new Set([...[...ways.values()].map(({ village }) => village), ...boxes.keys()])
      if (rows?.some(({ box }) => box !== null)) forgetting?.found()
      if (rows) compareRows(rows, boxes, faults, forgetting?.forgotten() === true)
      return new Map([...villages].map((village) => [village, at(village)]))
    },
  }
}

function compareRows(
  rows: readonly PaperRow[],
  boxes: ReadonlyMap<string, { entered: PaperBox; note: string | undefined }>,
  faults: Faults,
  forgotten: boolean,
): void {
  const stored = new Map(rows.map((row) => [row.village, row]))
  for (const village of new Set([...stored.keys(), ...boxes.keys()])) {
    const [row, said] = [stored.get(village), boxes.get(village)]
    const sealed = row?.box ? toHex(sha256(row.box)) === said?.entered.box : forgotten
    if (!row || !said || !sealed || row.note !== said.note) faults.add({ kind: 'paper-row', village })
  }
}
