// What was frozen, against the leaf of the opening; phases, the close and its time, against their leaves.
import { type Phase, PHASES } from '../../cycle.ts'
import type { EventKind } from '../event.ts'
import { frozenRulesHash } from '../frozen-rules.ts'
import { frozenRules, type Rules } from '../rules.ts'
import { type AwayRow, readAways } from './aways.ts'
import { type ChangeRow, readChanges } from './changes.ts'
import type { Faults } from './fault.ts'
import { type HaltRow, readHalts } from './halts.ts'
import type { Hear } from './tree.ts'

export type RulesTerms = {
  phase: Phase
  trial: boolean
  /** When voting ends, UTC ISO, as stored; undefined before a close was set. */
  closesAt: string | undefined
  /** When the vote stood still, as stored, in its order. */
  halts: readonly HaltRow[]
  /** When Telegram was away, as stored, in its order; undefined for whoever has the log alone. */
  aways?: readonly AwayRow[]
  /** What was changed after the publication, as stored, in its order. */
  changes: readonly ChangeRow[]
  /** The rules rebuilt from the tables; undefined before voting opens. */
  rules: Rules | undefined
  /** The fingerprints beside the cycle, hex. */
  stored: { rules: string; key: string; seed: string } | undefined
  /** What the secrets give: public key and seed commitment, hex. Undefined where the reader has none of them. */
  secrets: { key?: string; seed?: string } | undefined
}

/** Where the log opened and closed, as found in it. */
export type Course = {
  opened: { seq: number; rules: string; key: string; seed: string } | undefined
  close: number | undefined
}

// Acts that change who may vote, how, or by what: none of them after CLOSE.
const BEFORE_CLOSE: readonly EventKind[] = [
  'way-changed',
  'person-checked',
  'facilitator-named',
  'assist-opened',
  'roll-imported',
  'roll-approved',
  'cards-printed',
  'cards-handed-over',
  'cards-reissued',
  'extended',
  'telegram-away',
]

export interface RulesReader {
  hear: Hear
  end(): Course
}

export function readRules(terms: RulesTerms, faults: Faults): RulesReader {
  const course: Course = { opened: undefined, close: undefined }
  let phase: Phase = 'draft'
  let closesAt: string | undefined
  const halts = readHalts(faults)
  const aways = readAways(terms.rules?.away, faults)
  const changes = readChanges(faults)
  const move = (seq: number, from: string, to: string, at: string) => {
    const next = PHASES.find((known) => known === to)
    if (from !== phase || !next || PHASES.indexOf(next) <= PHASES.indexOf(phase))
      faults.add({ kind: 'phase-order', seq })
    phase = next ?? phase
    const early = closesAt !== undefined && Date.parse(at) < Date.parse(closesAt)
    if (from === 'voting' && early && !terms.trial) faults.add({ kind: 'closed-early', seq })
  }
  return {
    hear: (event, leaf) => {
      const { seq } = leaf
      changes.hear(event, leaf)
      if (course.close !== undefined && BEFORE_CLOSE.includes(event.kind))
        faults.add({ kind: 'act-after-close', seq, act: event.kind })
      if (course.opened && event.kind === 'projects-imported')
        faults.add({ kind: 'act-after-opening', seq, act: event.kind })
      const voting = course.opened !== undefined && course.close === undefined
      closesAt = halts.hear(event, seq, { voting, closesAt })
      closesAt = aways.hear(event, seq, { voting, closesAt })
      if (event.kind === 'phase') move(seq, event.from, event.to, event.at)
      if (event.kind === 'extended') closesAt = event.closes_at
      if (event.kind === 'opened') {
        if (course.opened) return faults.add({ kind: 'opening-twice', seq })
        if (course.close !== undefined) faults.add({ kind: 'opening-order', seq })
        course.opened = { seq, rules: event.rules, key: event.key, seed: event.seed }
        closesAt = event.closes_at ?? closesAt
      }
      if (event.kind === 'closed') {
        if (course.close !== undefined) return faults.add({ kind: 'close-twice', seq })
        if (!course.opened) faults.add({ kind: 'opening-order', seq })
        course.close = seq
      }
    },
    end: () => {
      if (phase !== terms.phase) faults.add({ kind: 'phase', stored: terms.phase, logged: phase })
      const reached = Math.max(PHASES.indexOf(phase), PHASES.indexOf(terms.phase))
      if (!course.opened && reached >= PHASES.indexOf('voting')) faults.add({ kind: 'opening-missing' })
      if (course.close === undefined && reached > PHASES.indexOf('voting'))
        faults.add({ kind: 'close-missing' })
      if (course.close === undefined && closesAt !== undefined && !sameTime(terms.closesAt, closesAt))
        faults.add({ kind: 'closing-time', stored: terms.closesAt ?? '', logged: closesAt })
      halts.end(terms.halts)
      aways.end(terms.aways)
      changes.end(terms.changes)
      compareFrozen(terms, course.opened, faults)
      return course
    },
  }
}

const sameTime = (stored: string | undefined, logged: string): boolean =>
  stored !== undefined && Date.parse(stored) === Date.parse(logged)

function compareFrozen(terms: RulesTerms, opened: Course['opened'], faults: Faults): void {
  if (!opened) return
  const { rules, stored, secrets } = terms
  if (!rules || frozenRulesHash(frozenRules(rules)) !== opened.rules)
    faults.add({ kind: 'frozen', what: 'rules' })
  if (stored?.rules !== opened.rules) faults.add({ kind: 'frozen', what: 'fingerprint' })
  if (stored?.key !== opened.key) faults.add({ kind: 'frozen', what: 'key' })
  if (stored?.seed !== opened.seed) faults.add({ kind: 'frozen', what: 'seed' })
  if (secrets?.key !== undefined && secrets.key !== opened.key) faults.add({ kind: 'secret', what: 'key' })
  if (secrets?.seed !== undefined && secrets.seed !== opened.seed)
    faults.add({ kind: 'secret', what: 'seed' })
}
