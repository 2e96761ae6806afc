// Assisted votes in words: why a session was not opened, and why nobody was named.
import type { Facts, Key } from '../i18n.ts'

const OPEN = {
  'not-allowed': 'assist.why-not-allowed',
  'no-such-cycle': 'paper.why-no-vote',
  'not-open': 'assist.why-not-open',
  halted: 'paper.why-halted',
  'no-projects': 'vote.no-projects',
  wrong: 'assist.why-wrong',
  'not-handed-over': 'assist.why-not-handed-over',
  'no-such-row': 'paper.why-no-such-row',
  desk: 'assist.why-desk',
  paper: 'assist.why-paper',
  'own-row': 'assist.why-own-row',
} as const satisfies Record<string, Key>

type NotOpened =
  | { kind: keyof typeof OPEN }
  | { kind: 'wait'; seconds: number }
  | { kind: 'most-helped'; most: number }

/** A key with its facts. */
export function whyNotOpened(problem: NotOpened): [key: Key, facts: Facts] {
  if (problem.kind === 'wait') return ['assist.why-wait', { minutes: Math.ceil(problem.seconds / 60) }]
  if (problem.kind === 'most-helped') return ['assist.why-most', { most: problem.most }]
  return [OPEN[problem.kind], {}]
}

const NAME = {
  'not-allowed': 'assist.why-not-official',
  'nobody-to-confirm': 'announce.nobody-to-confirm',
  'no-such-cycle': 'paper.why-no-vote',
  'no-such-place': 'assist.why-no-place',
  'name-official': 'paper.why-name-official',
  'to-oneself': 'assist.why-oneself',
  'until-past': 'roles.until-past',
  closed: 'person.why-closed',
  'not-named': 'assist.why-not-named',
} as const satisfies Record<string, Key>

/** Also why nobody's naming was ended. */
export const whyNotNamed = ({ kind }: { kind: keyof typeof NAME }): Key => NAME[kind]
