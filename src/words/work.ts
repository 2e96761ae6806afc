// A work in words: where it stands, its milestones, and what residents say. The same lines for whoever reads and whoever keeps it.
import type { MilestoneFacts } from '../core/audit/milestone-hash.ts'
import type { Changed } from '../core/counting/changed.ts'
import type { AfterVote, Standing } from '../core/counting/reserve.ts'
import type { Localised } from '../core/localised.ts'
import { graphemeCut } from '../core/text.ts'
import type { WorkState, WorkTerms } from '../core/work.ts'
import type { Key, T } from '../i18n.ts'

const STATES: Record<WorkState, Key> = {
  going: 'works.state-going',
  built: 'works.state-built',
  disputed: 'works.state-disputed',
  done: 'works.state-done',
}

/** Where it stands. Nobody has said yet that anything is under way while nothing is planned and nothing done. */
const stateOf = (t: T, { dropped, state, percent, milestones }: WorkFace): string => {
  if (dropped) return t('works.dropped')
  return t(
    state === 'going' && percent === 0 && milestones.length === 0 ? 'works.state-unsaid' : STATES[state],
  )
}

/** What lines of a work are made of. Costs in whole units of `currency`, moments UTC ISO. */
export interface WorkFace {
  number: number
  title: Localised
  currency: string
  promised: number
  came: 'elected' | 'reserve' | 'outside'
  dropped: boolean
  cost: number | null
  percent: number
  state: WorkState
  milestones: readonly (MilestoneFacts & { number: number; late: boolean })[]
  rounds: readonly { reply: Localised | null }[]
  accepted: number
  refused: number
  terms: WorkTerms
  doneAfter?: string
}

/** `№ 5. Title: 40 %, under way`, and that something is late. HTML. */
export function workLine(t: T, work: WorkFace): string {
  const { number, title, percent, milestones } = work
  const line = t.html('works.line', {
    number,
    title: graphemeCut(t.of(title), 120),
    percent: t.number(percent),
    state: stateOf(t, work),
  })
  return milestones.some(({ late }) => late) ? `${line} · ${t.html('works.late')}` : line
}

const STANDINGS: Record<Standing, Key> = {
  elected: 'works.standing-elected',
  reserve: 'works.standing-reserve',
  dropped: 'works.standing-dropped',
  outside: 'works.standing-outside',
  waiting: 'works.standing-waiting',
  out: 'works.standing-out',
}
export const standingName = (t: T, standing: Standing): string => t(STANDINGS[standing])

/** What became of a project since the vote, plain: who won and who did not, then where it stands now. */
export const standingLine = (
  t: T,
  { before, standing }: Pick<Changed<unknown>, 'before' | 'standing'>,
): string =>
  before === standing ? standingName(t, before) : `${standingName(t, before)} → ${standingName(t, standing)}`

type ChangedProject = Changed<{ number: number; title: Localised }>

export const changedFacts = (t: T, one: ChangedProject, currency: string) => {
  const [was, now] = [t.money(one.was, currency), t.money(one.now, currency)]
  return {
    number: one.project.number,
    title: graphemeCut(t.of(one.project.title), 60),
    standing: standingLine(t, one),
    cost: was === now ? was : `${was} → ${now}`,
  }
}

/** Old and new of what was changed after a vote, with a head; nothing where nothing was. HTML. */
export function changedLines(t: T, changed: readonly ChangedProject[], currency: string): string[] {
  if (changed.length === 0) return []
  const lines = changed
    .slice(0, MOST_CHANGED)
    .map((one) => t.html('works.changed', changedFacts(t, one, currency)))
  const more = moreChanged(changed)
  return [
    t.html('works.changed-head'),
    ...lines,
    ...(more > 0 ? [t.html('works.changed-more', { number: t.number(more) })] : []),
  ]
}
/** The same as plain notes under a title. */
export function changedNotes(t: T, changed: readonly ChangedProject[], currency: string): string[] {
  const more = moreChanged(changed)
  return [
    ...changed
      .slice(0, MOST_CHANGED)
      .map((one) => `${t('documents.count-after')}: ${t('works.changed', changedFacts(t, one, currency))}`),
    ...(more > 0 ? [t('works.changed-more', { number: t.number(more) })] : []),
  ]
}
const moreChanged = (changed: readonly ChangedProject[]) => Math.max(0, changed.length - MOST_CHANGED)
/** Further ones are told by their number: captions are short. */
const MOST_CHANGED = 4

/** Plain: who is next on the reserve list, and what is missing; undefined where nobody is. */
export function nextOnReserve(
  t: T,
  next: AfterVote['next'],
  projects: readonly { id: string; number: number; title: Localised }[],
  currency: string,
): string | undefined {
  const project = projects.find(({ id }) => id === next?.id)
  return next && project
    ? t('works.next-reserve', {
        number: project.number,
        title: graphemeCut(t.of(project.title), 120),
        sum: t.money(next.missing, currency),
      })
    : undefined
}

/** A day as it is kept, `2027-05-30`, in words. */
export const dayName = (t: T, day: string): string => t.day(`${day}T12:00:00Z`)

/** HTML. */
export function milestoneLine(
  t: T,
  one: WorkFace['milestones'][number],
  currency: string,
  letters: number,
): string {
  const { number, name, planned, actual, percent, late, cost } = one
  const facts = { number, name: graphemeCut(t.of(name), letters) }
  const line =
    actual === null
      ? t.html(late ? 'works.milestone-late' : 'works.milestone', {
          ...facts,
          percent: t.number(percent),
          day: dayName(t, planned),
        })
      : t.html('works.milestone-reached', { ...facts, day: dayName(t, actual) })
  return cost === null
    ? line
    : `${line} · ${t.html('works.milestone-cost', { sum: t.money(cost, currency) })}`
}

/** All of a work but its photos. HTML. */
export function workLines(t: T, work: WorkFace): string[] {
  const { number, title, currency, promised, cost, milestones, rounds } = work
  const votedOn = t.money(promised, currency)
  const reply = rounds.at(-1)?.reply
  return [
    `<b>${t.html('works.title', { number, title: graphemeCut(t.of(title), 200) })}</b>`,
    ...cameLines(t, work),
    t.html('works.state', { state: stateOf(t, work), percent: t.number(work.percent) }),
    cost === null
      ? t.html('works.promised', { promised: votedOn })
      : t.html('works.cost', { sum: t.money(cost, currency), promised: votedOn }),
    '',
    ...(milestones.length === 0
      ? [t.html('works.milestones-none')]
      : milestones.map((one) => milestoneLine(t, one, currency, milestones.length > 8 ? 30 : 60))),
    ...(reply ? ['', t.html('works.reply', { text: graphemeCut(t.of(reply), 400) })] : []),
    ...(rounds.length === 0 ? [] : ['', ...askedLines(t, work)]),
  ]
}

/** What is no plain election is said first. */
const cameLines = (t: T, { came, dropped }: WorkFace): string[] => [
  ...(came === 'reserve' ? [t.html('works.came-reserve')] : []),
  ...(came === 'outside' ? [t.html('works.came-outside')] : []),
  ...(dropped ? [`<b>${t.html('works.dropped-line')}</b>`] : []),
]

function askedLines(t: T, { accepted, refused, state, terms, doneAfter }: WorkFace): string[] {
  return [
    t.html('works.said', { accepted: t.number(accepted), refused: t.number(refused) }),
    ...(state === 'built' && doneAfter !== undefined
      ? [t.html('works.needed', { wanted: t.number(terms.accept), date: t.moment(doneAfter) })]
      : []),
  ]
}
