// What an act of two officials will do, and where: the same lines for whoever is asked and whoever is told.
import type { JointAct, JointKind, Where } from '../core/two-officials.ts'
import type { Localised } from '../core/localised.ts'
import type { T } from '../i18n.ts'
import { fullMoment, termEnd } from './moment.ts'
import { phaseName } from './phase.ts'
import { placeName } from './place.ts'
import { trialLines } from './trial.ts'

/** As much of a hash as people compare. */
const SHOWN = 16

type Line<K extends JointKind> = (t: T, act: Extract<JointAct, { kind: K }>) => string

const WHAT = {
  roll: (t, { rows, cards, file, second }) => {
    const what = t.html('second.what-roll', {
      rows: t.number(Object.values(rows).reduce((sum, count) => sum + count, 0)),
      cards: t.number(cards),
      file: file.slice(0, SHOWN),
    })
    if (!second) return what
    const counts = { having: t.number(second.having), again: t.number(second.again) }
    return `${what}\n${t.html('second.what-second-cards', counts)}`
  },
  'card-reissue': (t, { register, old, serial, moved }) =>
    t.html(moved ? 'second.what-card-move' : 'second.what-card-reissue', {
      register: t.number(register),
      old: String(old),
      serial: String(serial),
    }),
  'ballot-aside': (t, { seq, leaf }) =>
    t.html('second.what-ballot-aside', { seq: t.number(seq + 1), leaf: leaf.slice(0, SHOWN) }),
  announce: (t, { announcement, version, people, at, channels }) =>
    [
      t.html('second.what-announce', { number: announcement, version, people: t.number(people) }),
      at === undefined ? t.html('second.announce-now') : t.html('second.announce-at', { time: t.dated(at) }),
      ...(channels ? [t.html('announce.channel-too', { titles: channels.join(', ') })] : []),
    ].join('\n'),
  'leaf-aside': (t, { leaf }) => t.html('second.what-leaf-aside', { leaf: leaf.slice(0, SHOWN) }),
  rollback: (t, { signed, stored }) =>
    t.html('second.what-rollback', { signed: t.number(signed.size), stored: t.number(stored.size) }),
  move: (t, { from, to }) => t.html('second.what-move', { from: phaseName(t, from), to: phaseName(t, to) }),
  extend: (t, { before, to }) =>
    t.html('second.what-extend', { before: fullMoment(t, before), to: fullMoment(t, to) }),
  publish: (t, { result }) => t.html('second.what-publish', { result: result.slice(0, SHOWN) }),
  suspend: (t, { reason }) => t.html('second.what-suspend', reasons(reason)),
  resume: (t, { since }) => t.html('second.what-resume', { time: fullMoment(t, since) }),
  void: (t, { reason }) => t.html('second.what-void', reasons(reason)),
  forget: (t) => t.html('second.what-forget'),
  'result-change': (t, { number, change, cost, reason }) => {
    const facts = { number, ...reasons(reason) }
    if (change === 'cheaper') return t.html('second.what-cheaper', { ...facts, sum: t.money(cost ?? 0) })
    return t.html(change === 'dropped' ? 'second.what-dropped' : 'second.what-outside', facts)
  },
  facilitator: (t, { account, until }) =>
    t.html('second.what-facilitator', { account, until: termEnd(t, until) }),
  'review-open': (t) => t.html('second.what-review-open'),
  'review-close': (t) => t.html('second.what-review-close'),
} satisfies { [K in JointKind]: Line<K> }

/** A reason is read in both official languages before it counts. */
const reasons = ({ kk, ru }: Localised) => ({ kk, ru })

/** HTML: the mark of a practice, what, and where. */
export function actLines(t: T, act: JointAct, where: Where): string[] {
  const what = WHAT[act.kind] as Line<JointKind>
  return [...trialLines(t, { cycle: where }), what(t, act), ...whereLines(t, where)]
}

/** HTML: of which vote, and in which villages. */
export function whereLines(t: T, { title, places, others }: Where): string[] {
  const names = places.map((place) => placeName(t, place)).join('; ')
  return [
    title ? t.html('second.vote', { title: t.of(title) }) : t.html('second.installation'),
    ...(names ? [t.html('second.places', { places: names })] : []),
    ...(others > 0 ? [t.html('second.more-places', { others: t.number(others) })] : []),
  ]
}
