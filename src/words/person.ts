// Checking people in person in words: why no code was given, and how people of a vote are verified.
import type { Key, T } from '../i18n.ts'

const WHY = {
  'no-such-cycle': 'paper.why-no-vote',
  'not-allowed': 'person.why-not-allowed',
  'name-official': 'paper.why-name-official',
  'another-way': 'person.why-another-way',
  'no-such-row': 'paper.why-no-such-row',
  closed: 'person.why-closed',
  halted: 'paper.why-halted',
} as const satisfies Record<string, Key>

/** The text that says why no code was given. */
export const whyNoCode = ({ kind }: { kind: keyof typeof WHY }): Key => WHY[kind]

const METHODS: Record<string, Key> = {
  card: 'cli.told-card',
  contact: 'cli.told-contact',
  'in-person': 'cli.told-in-person',
}

/** What people show to be let in. */
export const methodName = (t: T, method: string): string => t(METHODS[method] ?? 'cli.told-contact')
