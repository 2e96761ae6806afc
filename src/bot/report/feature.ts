// The report of a cycle for officials and auditors: asked for by a command, chosen by a button, sent as PDF and CSV.
import { InputFile } from 'grammy'
import { reportCsv, reportPdf } from '../../documents/report.ts'
import { readReport, reportableCycles } from '../../use-cases/read-report.ts'
import { trialNotes } from '../../words/trial.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { once } from '../once.ts'
import { type FeatureParts, leave } from '../parts.ts'
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
  return { composer: on.composer } satisfies Feature
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
