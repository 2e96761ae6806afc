// Every screen of officials who run a cycle, with the longest facts there are.
import * as desk from '../../src/bot/manage/desk-cards-view.ts'
import * as swaps from '../../src/bot/manage/card-swap-view.ts'
import * as holders from '../../src/bot/manage/holders-view.ts'
import * as halting from '../../src/bot/manage/halt-view.ts'
import * as checklist from '../../src/bot/manage/checklist-view.ts'
import * as numbers from '../../src/bot/manage/numbers-view.ts'
import { changedLine } from '../../src/bot/changed.ts'
import { problemLine } from '../../src/bot/manage/problems.ts'
import * as lists from '../../src/bot/manage/projects-view.ts'
import * as roles from '../../src/bot/manage/roles-view.ts'
import * as manage from '../../src/bot/manage/view.ts'
import type { Screen } from '../../src/bot/message.ts'
import { PHASES } from '../../src/core/cycle.ts'
import { everywhere } from '../../src/core/localised.ts'
import { ROLES } from '../../src/core/role.ts'
import type { T } from '../../src/i18n.ts'
import type { Cycle } from '../../src/use-cases/list-cycles.ts'
import type { LiveVillage } from '../../src/use-cases/live-numbers.ts'
import type { PlacedGrant } from '../../src/use-cases/grants-under.ts'
import type { ImportPlan } from '../../src/use-cases/import-projects.ts'
import { STEPS } from '../../src/use-cases/read-checklist.ts'
import type { Course } from '../../src/use-cases/read-course.ts'
import { KEYS_SCREENS } from './keys-faces.ts'
import { at, long, OPENED, place } from './long-facts.ts'

const cycle: Cycle = { ...place.cycle, timeline: Object.fromEntries(PHASES.map((phase) => [phase, at])) }
const running: Cycle = { ...cycle, halt: undefined, asOf: '2026-01-01T00:00:00.000Z' }
const pairs = Array.from({ length: 40 }, (_, n): [number, number] => [99_000 + n, 99_001 + n])
const course: Course = {
  cycle: running,
  next: 'implementation',
  startsAt: at,
  joint: true,
  blocks: [
    { kind: 'ideas-untranslated', ideas: pairs.flat() },
    { kind: 'ideas-unlogged', ideas: pairs.flat() },
    { kind: 'ideas-close', pairs },
    { kind: 'no-close' },
    { kind: 'no-villages' },
    { kind: 'needs-key-holders' },
    { kind: 'by-publishing' },
  ],
}
const wanted = { cycle: cycle.id, before: 2_000_000_000, to: 2_000_000_000 }
const village: LiveVillage = {
  ...place,
  kato: null,
  rows: 99_999,
  cards: 99_999,
  handed: 99_999,
  claimed: 99_999,
  voted: 99_999,
  nextSerial: 1,
  turnout: 99_999,
}
const known = { territory: 2 ** 31 - 1, kato: null, name: place.name, within: place.within }
const swapped = { register: 9_999_999, old: 9_999_999, serial: 9_999_999, territory: 2 ** 31 - 1 }
const serialsFace = (t: T): Screen => swaps.serialsScreen(t, cycle.id, known)
const swapFaults = (t: T): string =>
  [swaps.swapProblem(t, { kind: 'no-such-card', serial: 9_999_999 }), serialsFace(t).text].join('\n\n')
const wrongFile = (t: T): string =>
  lists.whyNotTaken(t, {
    kind: 'lines',
    lines: Array.from({ length: 99 }, () => ({ kind: 'no-cost', line: 9_999, value: long(200) })),
  })
const plan: ImportPlan = {
  projects: Array.from({ length: 2_000 }, () => ({
    village: '1',
    title: everywhere(long(200)),
    category: 'other',
    cost: 99_999_999_999,
  })),
  villages: Array.from({ length: 60 }, () => ({
    territory: 2 ** 31 - 1,
    name: place.name,
    within: place.within,
    budget: 1,
    projects: 9_999,
    sum: 99_999_999_999,
    pots: [{ pot: 'general', budget: 1 }],
    tooDear: 9_999,
    before: 9_999,
  })),
  seen: 'f'.repeat(64),
  same: false,
}
const grant: PlacedGrant = {
  account: 2 ** 53 - 1,
  role: 'facilitator',
  territory: 2 ** 31 - 1,
  until: at,
  place: { name: place.name, within: place.within },
}

/** By the name of the view: all the faces it has. */
export const MANAGE_SCREENS: Record<string, (t: T) => Screen[]> = {
  'desk.deskScreen': (t) => [
    desk.deskScreen(t, cycle, [], []),
    desk.deskScreen(
      t,
      cycle,
      Array.from({ length: 21 }, () => ({ ...place, budget: 1, own: true }) as never),
      [
        {
          territory: place.territory,
          cards: 9999,
          printed: 9999,
          handed: 9999,
          returned: 9999,
          destroyed: 9999,
          replaced: 9999,
        },
      ],
    ),
  ],
  'desk.deskVillageScreen': (t) =>
    desk.DESK_ACTS.map((what) =>
      desk.deskVillageScreen(
        t,
        cycle,
        what,
        Array.from({ length: 21 }, () => place as never),
      ),
    ),
  'desk.deskSerialsScreen': (t) => [desk.deskSerialsScreen(t, cycle.id, 'hand-over', known)],
  'desk.deskReadBackScreen': (t) =>
    desk.DESK_ACTS.map((what) =>
      desk.deskReadBackScreen(t, cycle, what, known, {
        serials: Array.from({ length: 3000 }, (_, at) => 9_990_000 - at * 2).toReversed(),
        seen: 'f'.repeat(64),
      }),
    ),
  'desk.deskProblem': (t) =>
    (['own-prints', 'second-serials', 'unknown-serials'] as const).map((kind) => ({
      text: desk.deskProblem(t, { kind, serials: Array.from({ length: 3000 }, () => 9_999_999) }),
    })),
  'swaps.swapVillageScreen': (t) => [
    swaps.swapVillageScreen(
      t,
      cycle,
      Array.from({ length: 60 }, () => village),
    ),
  ],
  'swaps.serialsScreen': (t) => [serialsFace(t), { ...serialsFace(t), text: swapFaults(t) }],
  'swaps.swapScreen': (t) => [swaps.swapScreen(t, cycle, known, swapped, true)],
  'swaps.swapProblem': (t) => [{ text: swapFaults(t) }],
  'holders.askDiceScreen': (t) => [holders.askDiceScreen(t, cycle), holders.askDiceScreen(t, cycle, true)],
  'holders.checkDiceScreen': (t) => [
    holders.checkDiceScreen(t, { ...cycle, id: 2 ** 31 - 1 }, '6'.repeat(40)),
    holders.checkDiceScreen(t, { ...cycle, id: 2 ** 31 - 1 }, '6'.repeat(40), true),
  ],
  'holders.forgetScreen': (t) => [holders.forgetScreen(t, cycle)],
  'holders.askResultScreen': (t) => [holders.askResultScreen(t, cycle)],
  ...KEYS_SCREENS,
  'lists.fileScreen': (t) => [
    lists.fileScreen(t, cycle),
    { ...lists.fileScreen(t, cycle), text: `${wrongFile(t)}\n\n${lists.fileScreen(t, cycle).text}` },
  ],
  'lists.planScreen': (t) => [
    lists.planScreen(t, cycle, plan),
    lists.planScreen(t, cycle, { ...plan, same: true }),
  ],
  'checklist.checklistScreen': (t) => [
    ...STEPS.map((open) =>
      checklist.checklistScreen(
        t,
        { ...course, cycle, blocks: [] },
        STEPS.map((step) => ({ step, done: step !== open, missing: Array(54).fill(place) })),
      ),
    ),
    checklist.checklistScreen(
      t,
      course,
      STEPS.map((step) => ({ step, done: true, missing: [] })),
    ),
  ],
  'manage.tableScreen': (t) => [manage.tableScreen(t)],
  'manage.homeScreen': (t) => [
    manage.homeScreen(t, Array(30).fill(cycle), true),
    manage.homeScreen(t, [], false),
  ],
  'manage.courseScreen': (t) => [
    manage.courseScreen(t, course, changedLine(t, { by: 2 ** 53 - 1, at })),
    manage.courseScreen(
      t,
      { ...course, blocks: [], startsAt: undefined },
      changedLine(t, { by: 'clock', at }),
    ),
    manage.courseScreen(t, { ...course, next: undefined, cycle }, changedLine(t, { by: 'command', at })),
    manage.courseScreen(
      t,
      {
        ...course,
        cycle: { ...running, phase: 'counting' },
        blocks: [{ kind: 'not-due', next: 'results', startsAt: at }],
      },
      changedLine(t, undefined),
    ),
    manage.courseScreen(
      t,
      course,
      manage.proposedLines(t, {
        id: OPENED,
        act: { kind: 'resume', cycle: 1, since: at },
        until: at,
        askable: [2 ** 53 - 1],
        already: true,
        by: 2 ** 53 - 1,
        at,
      }),
    ),
    ...(['halted-before', 'not-counted', 'log-stopped', 'nobody-to-confirm'] as const).map((kind) =>
      manage.courseScreen(
        t,
        course,
        problemLine(
          t,
          kind === 'not-counted'
            ? { kind, territories: [] }
            : kind === 'log-stopped'
              ? { kind, fault: { kind: 'head-missing' } as never }
              : { kind },
        ),
      ),
    ),
  ],
  'manage.moveScreen': (t) =>
    (['voting', 'counting'] as const).map((next) => manage.moveScreen(t, { ...course, cycle, next })),
  'manage.extendScreen': (t) => [manage.extendScreen(t, cycle)],
  'manage.extensionScreen': (t) => [
    manage.extensionScreen(t, wanted, { before: at, closesAt: at, people: 99_999 }),
  ],
  'manage.publicationScreen': (t) => [
    manage.publicationScreen(t, cycle, {
      villages: 999,
      ballots: 999_999,
      winners: 9999,
      spent: 999_000_000_000,
      people: 99_999,
      result: 'f'.repeat(64),
      joint: true,
      underReview: 999,
    }),
  ],
  'manage.apartScreen': (t) => [manage.apartScreen(t, { cycle: cycle.id, one: 99_999, other: 99_998 })],
  'halting.haltScreen': (t) => [cycle, running].map((one) => halting.haltScreen(t, one)),
  'halting.reasonScreen': (t) => [
    halting.reasonScreen(t, cycle.id, 'suspend', 'kk'),
    halting.reasonScreen(t, cycle.id, 'void', 'ru'),
    halting.haltReadBack(t, cycle.id, 'void', everywhere(long(200))),
  ],
  'halting.resumeScreen': (t) => [halting.resumeScreen(t, cycle)],
  'numbers.numbersScreen': (t) => [
    numbers.numbersScreen(
      t,
      cycle,
      {
        villages: Array(54)
          .fill(village)
          .map((one: LiveVillage, n) => ({ ...one, turnout: n < 2 ? null : 99_999 })),
        rows: 999_999,
        turnout: 999_999,
        channels: [
          { channel: 'online', turnout: 99_999 },
          { channel: 'assisted', turnout: null },
          { channel: 'paper', turnout: null },
        ],
      },
      0,
    ),
  ],
  'roles.rolesScreen': (t) => [
    roles.rolesScreen(t, Array(20).fill(grant), 1, roles.doneLine(t, grant, 'now')),
    roles.rolesScreen(t, [], 0, roles.problemLine(t, { kind: 'not-allowed' })),
  ],
  'roles.whichScreen': (t) => [roles.whichScreen(t)],
  'roles.whereScreen': (t) => ROLES.map((role) => roles.whereScreen(t, role)),
  'roles.namesakesScreen': (t) => [
    roles.namesakesScreen(t, 'facilitator', Array(20).fill({ ...place, kato: '103230100' })),
  ],
  'roles.untilScreen': (t) => [roles.untilScreen(t, { role: 'facilitator', territory: 2 ** 31 - 1 })],
  'roles.whoScreen': (t) => [roles.whoScreen(t)],
  'roles.grantScreen': (t) => [
    roles.grantScreen(t, grant),
    roles.grantScreen(t, { ...grant, until: undefined } as never),
  ],
  'roles.revokeScreen': (t) => [roles.revokeScreen(t, grant)],
}
