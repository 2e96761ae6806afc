// Ten things to do before the first vote: what is done, what is next, and how that is done.
import type { T } from '../../i18n.ts'
import type { Course } from '../../use-cases/read-course.ts'
import type { Step, StepDone } from '../../use-cases/read-checklist.ts'
import { trialLines } from '../../words/trial.ts'
import { type Button, press, primary, type Screen } from '../message.ts'
import { courseButton } from '../buttons.ts'
import { askMoveButton, checklistButton } from './buttons.ts'
import { rolesButton } from './role-buttons.ts'

/** So many villages are named. */
const NAMED = 5

export function checklistScreen(t: T, { cycle, blocks }: Course, steps: readonly StepDone[]): Screen {
  const next = steps.find(({ done }) => !done)
  const done = steps.filter((one) => one.done).length
  return {
    text: [
      ...trialLines(t, { cycle }),
      t.html('manage.steps-head', { title: t.of(cycle.title), done, all: steps.length }),
      ...steps.map(
        ({ step, done: ticked }, at) =>
          `${at + 1}. ${t.html(`manage.step-${step}`)}: ${t.html(ticked ? 'manage.step-done' : 'manage.step-open')}`,
      ),
      '',
      ...(next ? nextLines(t, cycle.slug, next) : [t.html('manage.steps-all')]),
    ].join('\n'),
    buttons: [
      ...(next ? actOf(t, cycle, next.step, blocks.length === 0) : []),
      [press(t('manage.again.button'), checklistButton.pack({ cycle: cycle.id }))],
      [press(t('common.back.button'), courseButton.pack({ cycle: cycle.id }))],
    ],
  }
}

function nextLines(t: T, cycle: string, { step, missing }: StepDone): string[] {
  const names = missing.slice(0, NAMED).map(({ name }) => t.of(name))
  const others = missing.length - names.length
  return [
    t.html('manage.steps-next', { step: t(`manage.step-${step}`) }),
    ...(names.length > 0 ? [t.html('manage.steps-where', { villages: names.join(', ') })] : []),
    ...(others > 0 ? [t.html('second.more-places', { others: t.number(others) })] : []),
    t.html(`manage.how-${step}`, { cycle }),
  ]
}

/** Where the next thing is done in this chat. */
function actOf(t: T, { id, phase }: Course['cycle'], step: Step, mayBegin: boolean): Button[][] {
  if (step === 'second' || step === 'moderator')
    return [[primary(t('roles.new.button'), rolesButton.pack({ page: 0 }))]]
  if (step === 'announced' && phase === 'draft' && mayBegin)
    return [[primary(t('manage.announce.button'), askMoveButton.pack({ cycle: id, from: phase }))]]
  return []
}
