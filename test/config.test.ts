// The environment as an operator sets it, with the mistakes that are made: a token that was forgotten opens no door.
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'

const TOKEN = '123456:AA-bb_cc'
const refusal = (env: Record<string, string>) => {
  const config = readConfig(env)
  return config.mode === 'sandbox' ? config.refusal : 'no sandbox'
}

test('a newcomer without a token gets the sandbox on this machine', () => {
  expect(refusal({})).toBeUndefined()
  for (const HOST of ['localhost', '127.0.0.1', '127.8.8.8', '::1'])
    expect(refusal({ HOST }), HOST).toBeUndefined()
})

test.each([
  ['a database is configured', { DATABASE_URL: 'postgres://dauys@db/dauys' }, /DATABASE_URL is set/],
  ['it runs in production', { NODE_ENV: 'production' }, /NODE_ENV is production/],
  ['it listens to other machines', { HOST: '0.0.0.0' }, /HOST is open/],
  ['it listens to other machines over IPv6', { HOST: '::' }, /HOST is open/],
  ['its host only begins like loopback', { HOST: '127.0.0.1.example.org' }, /HOST is open/],
])('without a token no sandbox is started where %s', (_, env: Record<string, string>, why) => {
  expect(refusal(env)).toMatch(why)
  expect(refusal(env)).toMatch(/BOT_TOKEN is missing/)
  expect(refusal({ ...env, DAUYS_SANDBOX: '1' })).toBeUndefined()
})

test('the switch is 1 or nothing, so that no "0" or "false" opens a door', () => {
  for (const DAUYS_SANDBOX of ['0', 'false', 'no', 'yes'])
    expect(() => readConfig({ DAUYS_SANDBOX })).toThrow(/DAUYS_SANDBOX: is 1/)
})

test('readiness and figures have a port of their own, on loopback unless told', () => {
  expect(readConfig({ BOT_TOKEN: TOKEN, HOST: '0.0.0.0' }).ops).toEqual({ host: '127.0.0.1', port: 8082 })
  expect(readConfig({ PORT: '0' }).ops.port).toBe(0)
  expect(readConfig({ PORT: '9000', OPS_PORT: '9464', OPS_HOST: '10.0.0.5' }).ops).toEqual({
    host: '10.0.0.5',
    port: 9464,
  })
})

test('a mistake is told with the variable and what it accepts, never with the value', () => {
  expect(() => readConfig({ BOT_TOKEN: 'secret' })).toThrow(/^BOT_TOKEN: looks like/)
  expect(() => readConfig({ BOT_TOKEN: 'secret' })).not.toThrow(/secret/)
  expect(() => readConfig({ BOT_TOKEN: TOKEN, WEBHOOK_URL: 'https://a.kz/telegram' })).toThrow(/REDIS_URL/)
})
