// A replica that does nothing but send what waits, as a process of its own that may be killed at any moment: the program's own loop.
import { createClient } from '../../src/bot/api.ts'
import { createI18n } from '../../src/i18n.ts'
import { createLog } from '../../src/log.ts'
import { startDelivery } from '../../src/loops/delivery.ts'
import { createMetrics } from '../../src/metrics.ts'
import { redisSession } from '../../src/session/redis.ts'
import { connect } from '../../src/store/db.ts'
import type { App } from '../../src/use-cases/app.ts'

export interface SenderWish {
  databaseUrl: string
  role: string
  redisUrl: string
  prefix: string
  apiRoot: string
  /** Messages a second over the fleet, and on their way at once. */
  pace: number
  inFlight: number
  locales: string
}

const wish = JSON.parse(process.argv[2] ?? '{}') as SenderWish
const session = redisSession(wish.redisUrl, 1, { prefix: wish.prefix })
const metrics = createMetrics(false)
const client = createClient('1:sender', wish.apiRoot, session, metrics)
/** Of the App the loop needs no more: an announcement reads neither secrets nor chance. */
const app = {
  db: connect(wish.databaseUrl, { role: wish.role, max: 4 }),
  now: () => new Date(),
  quiet: (moment: string) => moment,
} as App
startDelivery({
  app,
  api: client.bulk,
  mail: client.mail,
  session,
  textsOf: createI18n(wish.locales),
  log: createLog('silent'),
  metrics,
  pace: wish.pace,
  inFlight: wish.inFlight,
})
