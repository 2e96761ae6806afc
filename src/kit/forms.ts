// The forms of the kit: for whom each is, what it asks for, and what works on it.
import type { Key } from '../texts.ts'
import { checkBundle, checkReceipt } from './observer.ts'
import { countVote, makeKeys, rehearse, tryShares } from './holder.ts'
import { printCards, printPapers, printPosters, sealList } from './clerk.ts'
import { countElection } from './count-file.ts'
import type { Work } from './work.ts'

export type Field = {
  name: string
  label: Key
  /** `lines`: a text of several lines. */
  kind: 'file' | 'text' | 'lines'
  needed?: boolean
}

export type Form = {
  name: string
  title: Key
  button: Key
  fields: readonly Field[]
  work: Work
}

export type Part = { name: string; title: Key; forms: readonly Form[] }

const KEY: Field = { name: 'key', label: 'cli.help-receipt-key', kind: 'text' }
const SHARES: readonly Field[] = [
  { name: 'first', label: 'kit.share-first', kind: 'file' },
  { name: 'first-typed', label: 'kit.share-typed', kind: 'text', needed: true },
  { name: 'second', label: 'kit.share-second', kind: 'file' },
  { name: 'second-typed', label: 'kit.share-typed', kind: 'text', needed: true },
]

const OBSERVER: readonly Form[] = [
  {
    name: 'verify',
    title: 'kit.verify',
    button: 'kit.check.button',
    fields: [
      { name: 'bundle', label: 'kit.verify-file', kind: 'file', needed: true },
      KEY,
      { name: 'checkpoint', label: 'kit.verify-checkpoint', kind: 'file' },
    ],
    work: checkBundle,
  },
  {
    name: 'receipt',
    title: 'kit.receipt',
    button: 'kit.check.button',
    fields: [
      { name: 'receipt', label: 'kit.receipt-text', kind: 'lines', needed: true },
      { ...KEY, needed: true },
    ],
    work: checkReceipt,
  },
]

const HOLDER: readonly Form[] = [
  {
    name: 'make',
    title: 'kit.make',
    button: 'kit.make.button',
    fields: [{ name: 'cycle', label: 'kit.make-cycle', kind: 'text', needed: true }],
    work: makeKeys,
  },
  { name: 'open', title: 'cli.help-keys-open', button: 'kit.open.button', fields: SHARES, work: tryShares },
  {
    name: 'rehearse',
    title: 'kit.rehearse',
    button: 'kit.open.button',
    fields: [{ name: 'test', label: 'cli.help-keys-test', kind: 'file', needed: true }, ...SHARES],
    work: rehearse,
  },
  {
    name: 'count',
    title: 'kit.count',
    button: 'kit.count.button',
    fields: [{ name: 'export', label: 'kit.count-file', kind: 'file', needed: true }, ...SHARES],
    work: countVote,
  },
]

const CYCLE: Field = { name: 'cycle', label: 'kit.roll-cycle', kind: 'file', needed: true }
const LIST: readonly Field[] = [
  { name: 'list', label: 'cli.help-roll-list', kind: 'file', needed: true },
  CYCLE,
]

const CLERK: readonly Form[] = [
  {
    name: 'roll',
    title: 'cli.help-roll-prepare',
    button: 'kit.roll.button',
    fields: LIST,
    work: sealList,
  },
  {
    name: 'cards',
    title: 'kit.cards',
    button: 'kit.cards.button',
    fields: [
      ...LIST,
      { name: 'official', label: 'kit.cards-as', kind: 'text' },
      { name: 'tests', label: 'cli.help-cards-tests', kind: 'text' },
    ],
    work: printCards,
  },
  { name: 'papers', title: 'kit.papers', button: 'kit.papers.button', fields: LIST, work: printPapers },
  {
    name: 'posters',
    title: 'kit.posters',
    button: 'kit.posters.button',
    fields: [CYCLE],
    work: printPosters,
  },
  {
    name: 'election',
    title: 'kit.election',
    button: 'kit.count.button',
    fields: [{ name: 'election', label: 'kit.election-file', kind: 'file', needed: true }],
    work: countElection,
  },
]

export const PARTS: readonly Part[] = [
  { name: 'observer', title: 'kit.observer', forms: OBSERVER },
  { name: 'holder', title: 'kit.holder', forms: HOLDER },
  { name: 'clerk', title: 'kit.clerk', forms: CLERK },
]
