// The report of a cycle for officials and auditors: asked for by a command, chosen by a button, sent as PDF and CSV; and what an official
// adds to it, people who were trained.
import { InputFile } from 'grammy'
import { reportCsv, reportPdf } from '../../documents/report.ts'
import { readTraining, trainingFault } from '../../core/training.ts'
import { enterTraining, type Training } from '../../use-cases/enter-training.ts'
import { readReport, reportableCycles } from '../../use-cases/read-report.ts'
import { whyNotEntered } from '../../words/training.ts'
import { trialNotes } from '../../words/trial.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { once } from '../once.ts'
import { expect, type FeatureParts, leave } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import * as view from './view.ts'

/** Longer than a report takes to be made and sent. */
const MAKING_S = 10

export function reportFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('report', async (_, talk) => {
    await leave(parts, talk.who.id)
    talk.speak.show(view.reportScreen(talk.t, await reportableCycles(parts.app, talk.who.id)))
  })
  on.shows(view.reportButton, (_, talk, { cycle }) =>
    once(parts, talk, `report:${cycle}`, () => send(parts, talk, cycle), MAKING_S),
  )
  on.shows(view.askTrainingButton, (_, talk, { cycle }) => ask(parts, talk, cycle))
  on.button(view.trainingButton, (_, talk, { cycle, on: day, people, women }) =>
    enter(parts, talk, cycle, { on: dashed(day), people, ...(women > 0 && { women: women - 1 }) }),
  )
  return {
    composer: on.composer,
    expects: {
      training: { take: (talk, { cycle }, message) => take(parts, talk, cycle, message.text ?? '') },
    },
  } satisfies Feature
}

/** `20261124` as `2026-11-24`. */
const dashed = (day: number): string => String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')

async function ask(parts: FeatureParts, talk: Talk, cycle: number, note?: string): Promise<void> {
  await expect(parts, talk.who.id, { kind: 'training', cycle })
  talk.speak.drawnBy(view.askTrainingButton.pack({ cycle }))
  talk.speak.show(view.askTrainingScreen(talk.t, note))
}

async function take(parts: FeatureParts, talk: Talk, cycle: number, text: string): Promise<boolean> {
  const { t, speak } = talk
  const said = readTraining(text)
  const fault = said && trainingFault(said, parts.app.now().toISOString())
  if (!said || fault) {
    await ask(
      parts,
      talk,
      cycle,
      fault ? t.html(...whyNotEntered({ kind: fault })) : t.html('start.training-form'),
    )
    return true
  }
  speak.show(view.sureTrainingScreen(t, cycle, said))
  return true
}

async function enter(parts: FeatureParts, talk: Talk, cycle: number, said: Training): Promise<void> {
  const { t, who, speak } = talk
  const entered = await enterTraining(parts.app, { cycle, ...said }, who.id)
  if (!entered.ok) return ask(parts, talk, cycle, t.html(...whyNotEntered(entered.problem)))
  await leave(parts, who.id)
  speak.show(view.trainingDoneScreen(t, cycle))
}

async function send({ app }: FeatureParts, talk: Talk, cycle: number): Promise<void> {
  const { t, who, speak } = talk
  const read = await readReport(app, cycle, who.id)
  if (!read.ok) return outdated(talk)
  const report = read.value
  const caption = [...trialNotes(t, report), t.of(report.cycle.title)].join('\n')
  const name = `report-${report.cycle.slug}`
  speak.also(async (api, chat) =>
    api.sendDocument(chat, new InputFile(await reportPdf(t, report), `${name}.pdf`), { caption }),
  )
  speak.also((api, chat) =>
    api.sendDocument(chat, new InputFile(Buffer.from(reportCsv(t, report)), `${name}.csv`), { caption }),
  )
}
