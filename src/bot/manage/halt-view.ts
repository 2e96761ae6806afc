// What an official sees who suspends a vote, lets it go on, or declares it void: each with its reason, read back before it is proposed.
import type { Halt } from '../../core/cycle.ts'
import type { Localised } from '../../core/localised.ts'
import type { T } from '../../i18n.ts'
import type { Cycle } from '../../use-cases/list-cycles.ts'
import { fullMoment } from '../../words/moment.ts'
import { press, primary, type Screen } from '../message.ts'
import * as button from './buttons.ts'
import { back, haltActs, headOf } from './view.ts'

const ACT = {
  suspend: 'manage.suspend.button',
  resume: 'manage.resume.button',
  void: 'manage.void.button',
} as const

export const haltScreen = (t: T, cycle: Cycle): Screen => ({
  text: [...headOf(t, cycle), t.html('manage.halt-ask')].join('\n'),
  buttons: [
    ...haltActs(cycle).map((kind) => [
      press(t(ACT[kind]), button.askHaltButton.pack({ cycle: cycle.id, kind })),
    ]),
    [back(t, cycle.id)],
  ],
})

const WHAT = { suspend: 'manage.suspend-what', void: 'manage.void-what' } as const

export const reasonScreen = (t: T, cycle: number, halt: 'suspend' | 'void', locale: 'kk' | 'ru'): Screen => ({
  text: [t.html(WHAT[halt]), '', t.html(locale === 'kk' ? 'manage.reason-kk' : 'manage.reason-ru')].join(
    '\n',
  ),
  buttons: [[back(t, cycle)]],
})

export const haltReadBack = (
  t: T,
  cycle: number,
  halt: 'suspend' | 'void',
  { kk, ru }: Localised,
): Screen => ({
  text: [t.html(WHAT[halt]), '', t.html('manage.reason-both', { kk, ru }), t.html('manage.joint')].join('\n'),
  buttons: [
    [primary(t('manage.propose.button'), button.proposeHaltButton.pack({ cycle, kind: halt }))],
    [press(t('manage.other-reason.button'), button.askHaltButton.pack({ cycle, kind: halt }))],
    [back(t, cycle)],
  ],
})

export const resumeScreen = (t: T, cycle: Cycle): Screen => ({
  text: [
    ...headOf(t, cycle),
    t.html('manage.resume-what', { time: fullMoment(t, (cycle.halt as Halt).at) }),
    t.html('manage.joint'),
  ].join('\n'),
  buttons: [
    [primary(t('manage.propose.button'), button.proposeHaltButton.pack({ cycle: cycle.id, kind: 'resume' }))],
    [back(t, cycle.id)],
  ],
})
