// 300+: one set of facts. The longest facts that villages have, for the views: long names with signs of HTML in them, 54 projects, a log of a million.
import { receiptText } from '../../src/core/audit/receipt-text.ts'
import type { TieStep } from '../../src/core/counting/count.ts'
import { shownCount } from '../../src/core/counting/shown.ts'
import { IDEA_STATES } from '../../src/core/idea.ts'
import { everywhere } from '../../src/core/localised.ts'
import type { JointAct } from '../../src/core/two-officials.ts'
import type { Idea } from '../../src/use-cases/list-ideas.ts'
import { MOST_SIMILAR, type Similar, type SimilarProject } from '../../src/use-cases/similar-ideas.ts'
import type { Place } from '../../src/use-cases/list-places.ts'
import type { Voter } from '../../src/use-cases/list-voters.ts'
import type { Project } from '../../src/use-cases/list-projects.ts'
import type { PublishedResult } from '../../src/use-cases/read-result.ts'
export const MAX = 15
export const at = '2026-11-24T09:02:00Z'
const SIGNS = '<b> & "№" 🏡 '
export const long = (length: number) => SIGNS + 'Қ'.repeat(length - SIGNS.length)
export const place: Place = {
  cycle: {
    id: 2_147_483_647,
    slug: 'a'.repeat(48),
    title: everywhere(long(120)),
    profile: 'practice',
    trial: true,
    phase: 'voting',
    method: 'card',
    revote: 'until-close',
    ballotTerms: { kind: 'approval', min: 1, max: MAX },
    ruleTerms: { rule: 'greedy', skip: true, minVotes: 0, ties: ['lots'] },
    currency: 'KZT',
    maxPeople: 3,
    trustTerms: {},
    awayClose: at,
    helped: 1000,
    boxSize: 256,
    publicKey: '00',
    seedCommitment: '00',
    frozenRules: '00',
    halt: { kind: 'suspended', at, reason: everywhere(long(200)) },
    asOf: '2026-03-01T00:00:00.000Z',
    timeline: { voting: at, counting: '2026-12-24T09:02:00Z' },
  },
  territory: 2_147_483_647,
  newest: 2_147_483_647,
  name: everywhere(long(60)),
  kind: 'village',
  within: [everywhere(long(60)), everywhere(long(60))],
  lat: null,
  lon: null,
  pots: [{ pot: 'general', budget: 999_000_000_000 }],
  budget: 999_000_000_000,
  desk: {
    place: everywhere(long(150)),
    hours: '9:00–13:00, 14:00–18:30, сб 10–13',
    phone: '+7 700 000 00 00',
  },
  projects: 54,
}
export const projects: Project[] = Array.from({ length: 54 }, (_, n) => ({
  cycle: place.cycle.id,
  id: `p${n}`,
  territory: place.territory,
  pot: 'general' as const,
  number: n + 100_000,
  title: everywhere(long(250)),
  summary: everywhere(`<i>${'ұзақ мәтін & '.repeat(400)}`),
  category: n % 2 ? 'inclusion' : long(60),
  cost: 999_000_000_000,
  place: everywhere(long(60)),
  lat: 1,
  lon: 1,
  photo: 'x',
  voice: 'x',
  marks: null,
  withdrawn: true,
}))
export const people: Voter[] = Array.from({ length: 3 }, (_, n) => ({
  rollRow: 2_147_483_645 + n,
  territory: place.territory,
  serial: 9_999_999,
  label: long(24),
  way: 'open',
  method: 'card',
  castAt: at,
  receipt: '12345678901234',
}))
const kind = 'category' as const
const filters = Array.from({ length: 60 }, (_, n) => ({ kind, category: `${n} ${long(60)}` }))
export const ballot = {
  place,
  projects,
  opened: {
    id: 'ffffffff-ffff-4fff-bfff-ffffffffffff',
    cycle: place.cycle.id,
    ...(people[0] as Voter),
    castHere: false,
    helped: null,
  },
}
export const marks = projects.slice(0, MAX).map(({ id }) => id)
export const listed = { place, projects: projects.map((one) => ({ ...one, km: 1234.5 })), filters }
export const contactPlace: Place = { ...place, cycle: { ...place.cycle, method: 'contact' } }
const steps = projects.map(({ id }) => ({
  kind: 'funded' as const,
  id,
  votes: 99_999,
  cost: 1e12,
  left: 1e12,
}))
export const resultOf = (ballots: number): PublishedResult => {
  const ids = projects.map(({ id }) => id)
  const tie: TieStep = { kind: 'tie', ids, votes: 1, by: ['lots'], chosen: [] }
  const votes = ids.map((id) => ({ id, score: 99_999, votes: 99_999 }))
  const count = { winners: ids, spent: 1e12, left: 1e12, steps: [...steps, tie], ties: [tie], votes }
  return {
    place,
    pot: 'general',
    budget: place.budget,
    projects,
    roll: 99_999,
    publishedAt: at,
    channels: ['online', 'assisted', 'paper'].map((channel) => ({ channel, people: 99_999 })),
    changed: projects.slice(0, 9).map((project) => ({
      project,
      before: 'elected' as const,
      standing: 'dropped' as const,
      was: 1e12,
      now: 1e11,
    })),
    ...shownCount(count, ballots),
  }
}
export const found = {
  number: '12345678901234',
  cycle: place.cycle,
  leaf: 'f'.repeat(64),
  at,
  text: receiptText(
    { cycle: 'a'.repeat(64), leaf: new Uint8Array(32).fill(255), at: '2026-03-05T09:02:11.123Z' },
    { origin: `dauys.example/${'a'.repeat(64)}`, publicKey: new Uint8Array(32).fill(255) },
    new Uint8Array(64).fill(255),
  ),
  late: false,
  proof: {
    seq: 999_999,
    size: 1_000_000,
    root: 'f'.repeat(64),
    path: Array.from({ length: 20 }, () => 'f'.repeat(64)),
    head: 'x'.repeat(400),
  },
}
/** The same ballot of every type, with its marks. */
export const ballots = [
  { terms: { kind: 'approval', min: 1, max: MAX }, marks },
  { terms: { kind: 'choose-1' }, marks: marks.slice(0, 1) },
  { terms: { kind: 'ranking', min: 1, max: MAX }, marks },
  { terms: { kind: 'knapsack', min: 1, budget: 999_000_000_000 }, marks },
  {
    terms: { kind: 'points', min: 1, max: MAX, least: 1, most: 9, minSum: 1, maxSum: 999, unlisted: 0 },
    marks: marks.map((id) => `${id}=9`),
  },
].map(({ terms, marks }) => ({
  ballot: { ...ballot, place: { ...place, cycle: { ...place.cycle, ballotTerms: terms as never } } },
  marks,
}))

/** A receipt that somebody brought back. */
export const checked = {
  number: '12345678901234',
  origin: `dauys.example/${'a'.repeat(64)}`,
  cycle: 'a'.repeat(64),
  leaf: new Uint8Array(32).fill(255),
  at,
}

export const OPENED = '00000000-0000-4000-8000-000000000000'

const HASH = 'f'.repeat(64)
const JOINT: JointAct[] = [
  {
    kind: 'roll',
    cycle: 1,
    file: HASH,
    staged: HASH,
    rows: { 1: 9_999_999, 2: 9_999_999 },
    cards: 9_999_999,
    second: { having: 9_999_999, again: 9_999_999 },
  },
  {
    kind: 'card-reissue',
    cycle: 1,
    territory: 1,
    register: 9_999_999,
    old: 9_999_999,
    serial: 9_999_999,
    moved: true,
  },
  { kind: 'ballot-aside', cycle: 1, seq: 99_999_999, leaf: HASH },
  {
    kind: 'announce',
    cycle: 1,
    announcement: 99_999_999,
    version: 999,
    people: 99_999_999,
    at: '2026-11-07T04:00:00.000Z',
  },
  { kind: 'leaf-aside', log: 0, leaf: HASH },
  { kind: 'rollback', log: 0, signed: { size: 99_999_999, root: HASH }, stored: { size: 1, root: HASH } },
  { kind: 'move', cycle: 1, from: 'results', to: 'implementation' },
  { kind: 'extend', cycle: 1, before: at, to: at },
  { kind: 'publish', cycle: 1, result: HASH },
  { kind: 'suspend', cycle: 1, reason: everywhere(long(200)) },
  { kind: 'resume', cycle: 1, since: at },
  { kind: 'void', cycle: 1, reason: everywhere(long(200)) },
  ...(['dropped', 'cheaper', 'outside'] as const).map(
    (change): JointAct => ({
      kind: 'result-change',
      cycle: 1,
      territory: 1,
      number: 99_999,
      change,
      ...(change === 'cheaper' ? { cost: 999_000_000_000 } : {}),
      reason: everywhere(long(200)),
    }),
  ),
  { kind: 'review-open', cycle: 1, territory: 1, turn: 0, reason: HASH },
  { kind: 'review-close', cycle: 1, territory: 1, turn: 1, reason: HASH },
]
/** Acts of two officials, in more villages with longer names than a message needs. */
export const jointActs = JOINT.map((act) => ({
  proposal: OPENED,
  by: 9_007_199_254_740_991,
  act,
  where: {
    title: everywhere(long(120)),
    trial: true,
    places: Array.from({ length: 5 }, () => ({ name: place.name, within: place.within })),
    others: 999,
  },
}))

/** Ideas as long as people may write them, in every state, one by voice alone. */
export const ideaFaces: Idea[] = IDEA_STATES.map((state, n) => ({
  id: 2 ** 31 - 1,
  cycle: 2 ** 31 - 1,
  slug: 'auyl',
  pot: null,
  marks: { marks: ['green_energy', 'inclusion', 'climate'], sdgs: [...Array(18).keys()].slice(1) },
  trial: true,
  territory: 1,
  village: everywhere(long(60)),
  number: state === 'draft' ? null : 99_999,
  author: 1,
  locale: 'kk',
  state,
  version: 9,
  category: 'inclusion',
  title: n === 1 ? null : `+7 701 123 45 67 ${long(83)}`,
  body: n === 1 ? null : long(1500),
  landmark: n % 2 === 0 ? long(200) : null,
  lat: 48,
  lon: 80,
  roughCost: 999_999_999,
  step: state === 'draft' ? 'preview' : null,
  titles: {},
  texts: {},
  cost: 999_999_999,
  onList: false,
  reason: 'already-planned',
  note: long(600),
  mergedInto: 99_998,
  project: null,
  claimedBy: null,
  claimedUntil: null,
  decidedBy: null,
  appealedFrom: null,
  appealed: n % 2 === 0,
  flags: ['phone'],
  compared: state !== 'draft',
  authorName: 'Ә'.repeat(60),
  nameShown: true,
  sentAt: at,
  dueAt: at,
  media: [
    ...Array.from({ length: 5 }, () => ({ id: 1, kind: 'photo' as const, fileId: 'x', copy: null })),
    { id: 1, kind: 'voice' as const, fileId: 'x', copy: null },
  ],
  supporters: 9999,
  support: { needed: 9999, shown: true },
  supported: false,
}))

/** As many projects as are like one idea, their titles as long as they may be. */
export const projectFaces: SimilarProject[] = [997, 998, 999].map((number) => ({
  cycle: 2 ** 31 - 1,
  territory: 2 ** 31 - 1,
  number,
  title: everywhere(long(120)),
}))

/** As many as are shown, one of them without a distance. */
export const similarFaces: Similar[] = ideaFaces
  .filter(({ number }) => number !== null)
  .slice(0, MOST_SIMILAR)
  .map((idea, n) => ({ idea, ...(n === 0 ? {} : { metres: 999 }) }))
