// The operator's port, over HTTP: readiness within its time and figures; the public port tells neither.
import { afterEach, expect, test } from 'vitest'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { startOpsServer } from '../src/ops-server.ts'
import { startServer } from '../src/server.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})
const log = createLog('silent')
const at = { host: '127.0.0.1', port: 0, log }

async function ops(ready: () => Promise<void>) {
  const server = await startOpsServer({ ...at, metrics: createMetrics(false), ready })
  ends.push(() => server.close())
  return (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`)
}

test('figures and readiness are on the port of the operator', async () => {
  const ask = await ops(async () => {})
  expect((await ask('/readyz')).status).toBe(200)
  expect(await (await ask('/metrics')).text()).toContain('dauys_casts_total')
  expect((await ask('/healthz')).status).toBe(200)
  expect((await ask('/')).status).toBe(404)
})

test('a store that is away or does not answer is told within two seconds', async () => {
  const away = await ops(() => Promise.reject(new Error('away')))
  expect((await away('/readyz')).status).toBe(503)
  const hanging = await ops(() => new Promise(() => {}))
  expect((await hanging('/readyz')).status).toBe(503)
})

test('the public port says that it is alive, and nothing of how many vote', async () => {
  const server = await startServer({ ...at, open: () => Promise.reject(new Error('no pages here')) })
  ends.push(() => server.close())
  const ask = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`)
  expect(await (await ask('/healthz')).text()).toBe('alive')
  for (const path of ['/readyz', '/metrics', '/metrics/', '//metrics'])
    expect((await ask(path)).status, path).not.toBe(200)
})
