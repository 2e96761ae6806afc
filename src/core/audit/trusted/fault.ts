// What a trusted reading can find: a closed list, each fault with the fewest facts that name it.
import type { EventKind } from '../event.ts'

/** `size` is that of the stored head. */
export type NoteFault =
  | { kind: 'note-unreadable'; size: number }
  /** No signature by this log's name and key. */
  | { kind: 'note-foreign'; size: number }
  | { kind: 'note-forged'; size: number }
  | { kind: 'note-origin'; size: number; origin: string }
  /** The signed size or root is not the stored one. */
  | { kind: 'note-size'; size: number; signed: number }
  | { kind: 'note-root'; size: number }
  /** The stored right edge of the tree does not lead to the signed root. */
  | { kind: 'edge'; size: number }

export type TreeFault =
  | { kind: 'head-missing' }
  /** The head that ends with CLOSE was signed and is kept no more. */
  | { kind: 'close-unsigned'; seq: number }
  | { kind: 'gap'; seq: number }
  | { kind: 'leaf-unsigned'; seq: number }
  /** The leaves do not lead to the root that was signed at this size. */
  | { kind: 'root'; size: number }
  /** The log is shorter than what was signed last, as kept outside the database. */
  | { kind: 'rolled-back'; size: number; signed: number }
  /** What was signed at this size, as kept outside the database, is no beginning of this log. */
  | { kind: 'forked'; size: number }
  /** A stored tile of subtree hashes that the leaves do not lead to, or that no log of this size has. */
  | { kind: 'tile'; level: number; index: number }
  | { kind: 'tile-missing'; level: number; index: number }
  /** What a witness is said to have signed, it did not; or no head of this size was kept, or nobody named the witness. */
  | { kind: 'cosignature'; seq: number }
  /** The lines of witnesses under a head are not those that the log has. */
  | { kind: 'cosignature-lines'; size: number }

export type LeafFault =
  | { kind: 'leaf-hash'; seq: number }
  | { kind: 'leaf-form'; seq: number }
  /** The program did not write it, or not into this log. */
  | { kind: 'leaf-mac'; seq: number }
  | { kind: 'leaf-kind'; seq: number }
  | { kind: 'leaf-cycle'; seq: number }
  | { kind: 'leaf-twice'; seq: number }
  /** It has no number, and the program did not write it. `leaf`: its stored hash, hex. */
  | { kind: 'leaf-waiting'; leaf: string }

/** `seq` is that of the ballot's leaf. */
export type BallotFault =
  | { kind: 'ballot-missing'; seq: number }
  | { kind: 'ballot-twice'; seq: number }
  | { kind: 'ballot-unlogged'; right: number; version: number }
  /** Stored ballots that were shown neither with a leaf nor as without one. */
  | { kind: 'ballot-rows'; stored: number; read: number }
  | { kind: 'ballot-leaf'; seq: number }
  | { kind: 'ballot-before-opening'; seq: number }
  | { kind: 'ballot-after-close'; seq: number }
  | { kind: 'ballot-village'; seq: number }
  | { kind: 'ballot-channel'; seq: number }
  | { kind: 'ballot-box'; seq: number }
  | { kind: 'ballot-receipt'; seq: number }
  /** It is not the ballot of the right that it is stored for. */
  | { kind: 'ballot-right'; seq: number }
  /** Its stored version is not its place among the leaves of its right. */
  | { kind: 'ballot-version'; seq: number }
  | { kind: 'second-vote'; seq: number }
  /** What was set aside is not the last ballot of a right. */
  | { kind: 'set-aside'; seq: number }

export type RulesFault =
  | { kind: 'opening-missing' }
  | { kind: 'opening-twice'; seq: number }
  | { kind: 'close-missing' }
  | { kind: 'close-twice'; seq: number }
  /** A close before any opening, an opening after a close. */
  | { kind: 'opening-order'; seq: number }
  | { kind: 'phase-order'; seq: number }
  | { kind: 'phase'; stored: string; logged: string }
  | { kind: 'closing-time'; stored: string; logged: string }
  | { kind: 'closed-early'; seq: number }
  | { kind: 'act-after-close'; seq: number; act: EventKind }
  /** A list of projects that came once voting was open. */
  | { kind: 'act-after-opening'; seq: number; act: EventKind }
  /** A vote, a claim, a move or a count of a vote that was suspended or void. */
  | { kind: 'act-while-halted'; seq: number; act: EventKind }
  /** Suspended or void twice, resumed while it ran, or outside of voting. */
  | { kind: 'halt-order'; seq: number }
  /** The close was not moved by exactly the time that was lost. */
  | { kind: 'resumed-close'; seq: number }
  /** When it stood still, and why, is not stored as the log has it. */
  | { kind: 'halts' }
  /** Telegram was away while nobody voted, in another order, or before the last time ended. */
  | { kind: 'away-order'; seq: number }
  /** The close moved after an outage, or did not, otherwise than the frozen rule says. */
  | { kind: 'away-close'; seq: number }
  /** When Telegram was away is not stored as the log has it. */
  | { kind: 'aways' }
  /** A published result was changed before it was published. */
  | { kind: 'change-order'; seq: number }
  /** What was changed after the publication is not stored as the log has it. */
  | { kind: 'changes' }
  /** By one official where two are needed: the second is who proposed, or there is none. */
  | { kind: 'one-official'; seq: number }
  /** The rules, the key or the commitment as stored are not those of the opening. */
  | { kind: 'frozen'; what: 'rules' | 'key' | 'seed' | 'fingerprint' }
  /** The secret does not belong to what was opened. */
  | { kind: 'secret'; what: 'key' | 'seed' }

export type RightFault =
  | { kind: 'roll-rows'; village: string; rows: number; logged: number }
  | { kind: 'approval'; seq: number }
  | { kind: 'way'; right: number; stored: string; logged: string }
  /** A changed way in the log that no row of the roll has. */
  | { kind: 'way-missing'; count: number }
  | { kind: 'right-unknown'; right: number }
  | { kind: 'right-village'; right: number }
  | { kind: 'right-unclaimed'; right: number }
  | { kind: 'card-list'; seq: number }
  | { kind: 'card-state'; village: string; serial: number; stored: string; logged: string }
  | { kind: 'card-row'; village: string; serial: number }
  /** Who printed them handed them over, and the act does not say that nobody else could. */
  | { kind: 'cards-by-printer'; seq: number }
  | { kind: 'cards-fewer'; village: string; ballots: number; handed: number }
  | { kind: 'claim-unlogged'; right: number }
  | { kind: 'claim-card'; right: number }
  /** Claimed in person, and the desk saw no document for the row. */
  | { kind: 'claim-unchecked'; right: number }
  /** Somebody was named who named themselves, or for a time that was over. */
  | { kind: 'facilitator-named'; seq: number }
  /** A session of whoever was no facilitator of that village at that time. */
  | { kind: 'assist-by'; seq: number }
  /** One facilitator helped more people than the rules allow. */
  | { kind: 'assist-most'; seq: number }
  /** An assisted ballot without a session of its own that a facilitator opened for its row. */
  | { kind: 'assist-unopened'; seq: number }
  /** A list of test cards that was sealed once the vote was open, or opened before its close or after its count. */
  | { kind: 'tests-time'; seq: number }
  /** What was opened is not the list that was sealed. */
  | { kind: 'tests-list'; seq: number }
  /** Counted while a list of test cards was not open. */
  | { kind: 'tests-unopened'; seq: number }
  /** The ballots that are left out as tests are not those of the test cards. */
  | { kind: 'tests-ballots'; seq: number }
  /** More rows of a village are claimed in person than the desk saw documents for. */
  | { kind: 'checked-fewer'; village: string; claims: number; checked: number }
  /** The account of a claim is gone, and the program did not erase it. */
  | { kind: 'claim-erased'; right: number }
  /** Claims in the log, neither stored nor released, against those whose account was erased. */
  | { kind: 'claims'; village: string; logged: number; erased: number }
  /** A claim was given back that there was not. */
  | { kind: 'claim-released'; seq: number }
  | { kind: 'grant-unlogged'; account: string; role: string }
  | { kind: 'grant-missing'; account: string; role: string }

/** `seq` is that of the leaf. */
export type PaperFault =
  /** A box that was entered before the vote closed. */
  | { kind: 'paper-early'; seq: number }
  | { kind: 'paper-twice'; seq: number }
  /** It says another number of papers handed out than the log. */
  | { kind: 'paper-marks'; seq: number }
  /** A note on a box that nobody entered, or a second one. */
  | { kind: 'paper-note'; seq: number }
  /** The stored box, or the note on it, is not what the log says. */
  | { kind: 'paper-row'; village: string }
  /** Counted before its papers were entered, or while their numbers did not fit and no note said why. */
  | { kind: 'paper-open'; village: string }

export type ResultFault =
  | { kind: 'result-hash'; village: string }
  | { kind: 'result-unlogged'; village: string }
  | { kind: 'result-missing'; village: string }
  | { kind: 'result-ballots'; village: string }
  /** The leaf of the count does not say where every ballot went, or says something else than the log. */
  | { kind: 'tally'; village: string }
  | { kind: 'counted-late'; seq: number }
  | { kind: 'counted-early'; seq: number }
  | { kind: 'published-twice'; seq: number }
  | { kind: 'published-hash' }
  | { kind: 'published-missing' }
  | { kind: 'published-unlogged'; village: string }

/** Ballots to be opened again that were not drawn as the dice of two people say, or before the publication, or twice. */
export type SampleFault = { kind: 'sample'; seq: number }

/** Forgotten before the days for disputes were over, twice, by one official, or not all of it: something is still stored. */
export type ForgottenFault = { kind: 'forgotten'; seq: number }

/** A stored report of pressure that the log does not have in that village, or one that is gone before the days for disputes. */
export type ReportFault = { kind: 'report-row'; number: number }

/** So many more faults of a kind than were listed. */
export type Fault =
  | NoteFault
  | TreeFault
  | LeafFault
  | BallotFault
  | RulesFault
  | RightFault
  | PaperFault
  | ResultFault
  | SampleFault
  | ForgottenFault
  | ReportFault
  | { kind: 'more'; of: string; count: number }

const LISTED = 50

/** Collects faults; of each kind the first fifty are kept and the others counted. */
export interface Faults {
  add(fault: Fault): void
  list(): Fault[]
}

export function collectFaults(): Faults {
  const kept: Fault[] = []
  const counts = new Map<string, number>()
  return {
    add: (fault) => {
      const count = (counts.get(fault.kind) ?? 0) + 1
      counts.set(fault.kind, count)
      if (count <= LISTED) kept.push(fault)
    },
    list: () => [
      ...kept,
      ...[...counts]
        .filter(([, count]) => count > LISTED)
        .map(([of, count]): Fault => ({ kind: 'more', of, count: count - LISTED })),
    ],
  }
}
