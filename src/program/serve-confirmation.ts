// Serves one confirmation while the program itself does not start: asks, listens, and ends when it is decided or time is over.
import { setTimeout as sleep } from 'node:timers/promises'
import { programFolder } from '../beside.ts'
import { createClient } from '../bot/api.ts'
import { createBot } from '../bot/bot.ts'
import { startPolling } from '../bot/polling.ts'
import { repairing } from '../bot/repair.ts'
import { createPipeline } from '../bot/updates.ts'
import { createI18n } from '../i18n.ts'
import { errorFacts, type Log } from '../log.ts'
import { deliverOnce } from '../loops/delivery.ts'
import { createMetrics } from '../metrics.ts'
import { memorySession } from '../session/memory.ts'
import type { App } from '../use-cases/app.ts'
import { proposalState } from '../use-cases/read-proposal.ts'

/** Where Telegram is; `ms`: how long is waited. */
export interface ConfirmationLink {
  token: string
  apiRoot: string
  ms?: number
}

const WAIT_MS = 15 * 60_000
const STEP_MS = 300

/**
 * Takes the webhook away and polls; the program sets it again when it starts. Whoever else writes is told that the bot is repaired:
 * one who is told nothing would wait. `open`: nobody decided in time.
 */
export async function serveConfirmation(
  app: App,
  log: Log,
  { token, apiRoot, ms = WAIT_MS }: ConfirmationLink,
  proposal: string,
): Promise<'done' | 'refused' | 'open'> {
  const [session, metrics, textsOf] = [memorySession(), createMetrics(false), createI18n()]
  const client = createClient(token, apiRoot, session, metrics)
  const kinds = ['second-asked', 'second-decided']
  const told = { app, api: client.bulk, mail: client.mail, session, textsOf, log, metrics, kinds }
  const deliver = () => deliverOnce(told).catch((error: unknown) => log.warn('not told', errorFacts(error)))
  try {
    const me = await client.api.getMe()
    const parts = { app, session, log, metrics, download: client.download, username: me.username }
    const mediaFolder = programFolder('data')
    const bot = createBot({ parts, api: client.api, me, textsOf, mediaFolder, listens: repairing })
    const pipeline = createPipeline({ session, log, metrics, ...bot })
    await client.api.deleteWebhook()
    const poller = startPolling(client.api, pipeline, log)
    const until = performance.now() + ms
    let state = await proposalState(app, proposal)
    while (state === 'open' && performance.now() < until) {
      await deliver()
      await sleep(STEP_MS)
      state = await proposalState(app, proposal)
    }
    await poller.stop()
    await pipeline.idle()
    await deliver()
    return await proposalState(app, proposal)
  } finally {
    await client.close()
    await session.close()
  }
}
