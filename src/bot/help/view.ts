// What is kept about a person, line by line, and what an erasure does to each of their rights.
import { formatReceiptNumber } from '../../core/audit/receipt.ts'
import { PROFILES } from '../../core/cycle.ts'
import { SWITCHES, type Switch } from '../../core/manners.ts'
import { escapeHtml, type Key, type T } from '../../i18n.ts'
import { SETTLED_DAYS } from '../../use-cases/forget-lapsed.ts'
import { factsOf } from '../../use-cases/verify-account.ts'
import { deskLine } from '../../words/desk.ts'
import { trialLines } from '../../words/trial.ts'
import type { WatchedPlace } from '../../use-cases/follow-territory.ts'
import type { AtStake, Kept, KeptGrant, KeptRight } from '../../use-cases/read-my-data.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { placeLine } from '../../words/place.ts'
import { grantName } from '../../words/role.ts'
import { menuButton, toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { followedLine } from '../followed.ts'
import { press, primary, type Screen } from '../message.ts'
import { voterName } from '../voter-name.ts'

export const setEasyButton = button('es', { on: 'int' })

/** Easy mode: what it is, whether it is on, and the switch. */
export const easyScreen = (t: T, on: boolean): Screen => ({
  text: [t.html('start.easy'), t.html(on ? 'start.easy-is-on' : 'start.easy-is-off')].join('\n'),
  buttons: [
    on
      ? [press(t('start.easy-off.button'), setEasyButton.pack({ on: 0 }))]
      : [primary(t('start.easy-on.button'), setEasyButton.pack({ on: 1 }))],
    [toMenu(t)],
  ],
})

/** `on`: 1 to be written to about this, 0 not to be. */
export const switchButton = button('ns', { kind: 'word', on: 'int' })

const SWITCH_NAMES = {
  ideas: 'notices.about-ideas',
  questions: 'notices.about-questions',
  results: 'notices.about-results',
  works: 'notices.about-works',
  reminders: 'notices.about-reminders',
  announcements: 'notices.about-announcements',
} as const satisfies Record<Switch, Key>

/** What the bot writes about, each with its switch. */
export const noticesScreen = (t: T, muted: readonly Switch[]): Screen => ({
  text: [
    t.html('notices.switches'),
    '',
    ...SWITCHES.map((kind) =>
      t.html(muted.includes(kind) ? 'notices.is-off' : 'notices.is-on', { kind: t(SWITCH_NAMES[kind]) }),
    ),
    '',
    t.html('notices.always'),
  ].join('\n'),
  buttons: [
    ...SWITCHES.map((kind) => {
      const off = muted.includes(kind)
      const label = t(off ? 'notices.on.button' : 'notices.off.button', { kind: t(SWITCH_NAMES[kind]) })
      return [press(label, switchButton.pack({ kind, on: off ? 1 : 0 }))]
    }),
    [toMenu(t)],
  ],
})

/** The roles that somebody holds, where and until when. */
export const roleScreen = (t: T, grants: readonly KeptGrant[]): Screen => ({
  text: [
    t.html(grants.length > 0 ? 'start.role-yours' : 'start.role-none'),
    ...grants.map((grant) => escapeHtml(grantName(t, grant))),
  ].join('\n'),
  buttons: [[toMenu(t)]],
})

/** What is kept of people, how long, who sees it and whom to ask: by what the vote of their village is, where there is one. */
export function privacyScreen(t: T, place: Place | undefined): Screen {
  const cycle = place?.cycle
  const lines = [
    t.html('start.privacy-kept'),
    ...(cycle && factsOf(cycle.method).needsPhones ? [t.html('start.privacy-phone')] : []),
    t.html('start.privacy-long', { days: SETTLED_DAYS }),
    t.html('start.privacy-seen'),
    ...(cycle && PROFILES[cycle.profile].keys === 'server' ? [t.html('start.privacy-server')] : []),
    t.html('start.privacy-ask', { desk: place ? deskLine(t, place) : t('common.desk-unknown') }),
  ]
  return { text: [...(place ? trialLines(t, place) : []), ...lines].join('\n'), buttons: [[toMenu(t)]] }
}

const mutedKinds = (t: T, muted: readonly Switch[]): string =>
  SWITCHES.filter((kind) => muted.includes(kind))
    .map((kind) => t(SWITCH_NAMES[kind]).toLocaleLowerCase())
    .join(', ')

export interface MyData {
  id: number
  kept: Kept
  place: Place | undefined
  followed: readonly WatchedPlace[]
}

/** Nothing stands there that is not kept, and nothing is kept that does not stand there. */
export function myDataScreen(t: T, { id, kept, place, followed }: MyData): Screen {
  const { rights, grants, since, source, easy, ownCommands, queued, settled, opened, attempts } = kept
  const { ideas, supported, needs, counted, questions, follows, drafts, muted, residence } = kept
  const { names, ideaFollows, needVoices, ideasMuted, rooms, invites, papers, reports } = kept
  const facts = {
    id: String(id),
    language: t.language.name,
    village: place ? placeLine(t, place) : t('common.at-place', { place: '–' }),
  }
  const lines = [
    t.html('start.mydata', facts),
    ...rights.map((right) => rightLine(t, right)),
    ...grants.map((grant) => t.html('start.mydata-role', { role: grantName(t, grant) })),
    ...followed.map((one) => followedLine(t, one)),
    ...(easy ? [t.html('start.mydata-easy')] : []),
    ...(muted.length > 0 ? [t.html('notices.mydata', { kinds: mutedKinds(t, muted) })] : []),
    ...(residence ? [t.html('start.mydata-residence', { village: t.of(residence) })] : []),
    ...(ownCommands ? [t.html('start.mydata-commands')] : []),
    ...(since === undefined ? [] : [t.html('start.mydata-since', { time: t.moment(since) })]),
    ...(source === undefined ? [] : [t.html('start.mydata-source', { source })]),
    ...(opened > 0 ? [t.html('start.mydata-opened', { number: opened })] : []),
    ...(ideas > 0 ? [t.html('start.mydata-ideas', { number: ideas })] : []),
    ...names.map((name) => t.html('start.mydata-name', { name })),
    ...(supported > 0 ? [t.html('start.mydata-supported', { number: supported })] : []),
    ...(needs > 0 ? [t.html('start.mydata-needs', { number: needs })] : []),
    ...(needVoices > 0 ? [t.html('start.mydata-need-voices', { number: needVoices })] : []),
    ...(questions > 0 ? [t.html('questions.mydata', { number: questions })] : []),
    ...(drafts > 0 ? [t.html('cycle.mydata')] : []),
    ...(follows > 0 ? [t.html('questions.mydata-follows', { number: follows })] : []),
    ...(ideaFollows > 0 ? [t.html('start.mydata-idea-follows', { number: ideaFollows })] : []),
    ...(ideasMuted === undefined ? [] : [t.html('start.mydata-muted', { time: t.moment(ideasMuted) })]),
    ...(rooms > 0 ? [t.html('start.mydata-rooms', { number: rooms })] : []),
    ...(invites > 0 ? [t.html('start.mydata-invites', { number: invites })] : []),
    ...(counted > 0 ? [t.html('start.mydata-counted', { number: counted })] : []),
    ...(papers > 0 ? [t.html('start.mydata-papers', { number: papers })] : []),
    ...(queued > 0 ? [t.html('start.mydata-queued', { number: queued })] : []),
    ...(settled > 0 ? [t.html('start.mydata-settled', { number: settled })] : []),
    ...(reports > 0 ? [t.html('signals.mydata', { number: reports })] : []),
    ...(attempts > 0 ? [t.html('start.mydata-attempts', { number: attempts })] : []),
    ...(rights.some(({ castAt }) => castAt !== null) ? [t.html('start.mydata-sealed')] : []),
    t.html('start.mydata-erase'),
  ]
  return { text: lines.join('\n'), buttons: [[toMenu(t)]] }
}

export const nothingKept = (t: T): Screen => ({
  text: t.html('start.nothing-kept'),
  buttons: [[toMenu(t)]],
})

function rightLine(t: T, right: KeptRight): string {
  const facts = { person: voterName(t, right), cycle: t.of(right.cycle) }
  const { castAt, receipt } = right
  if (castAt === null || receipt === null) return t.html('start.mydata-right', facts)
  const number = formatReceiptNumber(receipt)
  return t.html('start.mydata-right-cast', { ...facts, time: t.moment(castAt), number })
}

/** `erase`: what the button carries. Says of each right whether it becomes free or stays counted. */
export function eraseScreen(t: T, { rights, grants }: AtStake, erase: string): Screen {
  const lines = rights.map((right) => {
    const person = voterName(t, right)
    if (right.castAt !== null) return t.html('start.delete-cast', { person })
    return t.html(right.serial === null ? 'start.delete-free-contact' : 'start.delete-free-card', { person })
  })
  const roles = grants.map((grant) => t.html('start.delete-role', { role: grantName(t, grant) }))
  return {
    text: [t.html('start.delete-ask'), ...lines, ...roles].join('\n'),
    buttons: [
      [press(t('start.delete.button'), erase)],
      [press(t('common.cancel.button'), menuButton.pack({}))],
    ],
  }
}
