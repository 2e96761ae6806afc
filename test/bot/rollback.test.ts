// An ordinary backup was restored and the program does not start: the command itself asks the second official, in Telegram.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { serveConfirmation } from '../../src/program/serve-confirmation.ts'
import { startSandbox } from '../../src/sandbox/start.ts'
import { connect } from '../../src/store/db.ts'
import { accountMark } from '../../src/use-cases/actor.ts'
import type { App } from '../../src/use-cases/app.ts'
import { refuseLostHistory } from '../../src/use-cases/check-history.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { proposeRollback } from '../../src/use-cases/accept-rollback.ts'
import { replica, type TestApp, testApp } from '../support/app.ts'
import { clerk } from '../support/command.ts'
import { kindOf, must, openVoting, smallCycle, type SmallCycle, vote, voters } from '../support/cycle.ts'
import { appRole, onServer } from '../support/database.ts'
import { type Person, putPerson, until } from '../support/person.ts'

let app: TestApp
let cycle: SmallCycle
/** The backup of the morning, with the secrets of the evening. */
let restored: App
let backup: URL
let sandbox: Awaited<ReturnType<typeof startSandbox>>
let ayan: Person
let bota: Person
let ann: Person

beforeAll(async () => {
  app = await testApp('rollback')
  sandbox = await startSandbox({ port: 0, host: '127.0.0.1' })
  ayan = await person('ru')
  bota = await person('kk')
  ann = await person('ru')
  cycle = await smallCycle(app, 'restored', [[1_000_000]])
  await openVoting(app, cycle.id)
  for (const { id } of [ayan, bota]) must(await grantRole(app, { account: id, role: 'official' }, 'command'))
  const [early, late] = await voters(app, cycle.id, cycle.villages[0] as number, 2)
  if (!early || !late) throw new Error('nobody votes')
  must(await vote(app, cycle.id, early, ['a1']))
  await numberLeaves(app)
  await app.db.close()
  const source = new URL(app.url)
  backup = new URL(app.url)
  backup.pathname = `${source.pathname}_backup`
  await onServer(process.env.DAUYS_TEST_DATABASE_URL ?? '', (sql) =>
    sql.unsafe(`create database "${backup.pathname.slice(1)}" template "${source.pathname.slice(1)}"`),
  )
  const day = replica(app)
  must(await vote(day, cycle.id, late, ['a1']))
  await numberLeaves(day)
  await day.close()
  restored = { ...app, db: connect(backup.href, { role: appRole() }), frozen: new Map() }
})
afterAll(async () => {
  await restored.db.close()
  await sandbox.close()
  await app.done()
  await onServer(process.env.DAUYS_TEST_DATABASE_URL ?? '', (sql) =>
    sql.unsafe(`drop database "${backup.pathname.slice(1)}" with (force)`),
  )
})

const control = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
  const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const sent = await fetch(`${sandbox.url}/control/${path}`, { method, ...(body ? json : {}) })
  return (await sent.json()) as Record<string, unknown>
}

/** Nobody serves the bot yet: only presses are waited for. */
async function person(language_code: string): Promise<Person> {
  const known: { id?: number } = {}
  const settled = () =>
    until(
      async () =>
        known.id === undefined || (await control('GET', `people/${known.id}/chat`)).open_callbacks === 0,
    )
  const made = await putPerson({ control, settled }, { language_code })
  known.id = made.id
  await made.says('/start')
  return made
}

const log = createLog('error', () => {})
const link = () => ({ token: sandbox.token, apiRoot: sandbox.url })
const command = () => `log accept-rollback --log ${cycle.id} --as ${ayan.id}`

test('the restore of an ordinary backup is refused at a start, with the remedy, and accepted by two officials in Telegram', async () => {
  await expect(refuseLostHistory(restored)).rejects.toThrow(
    `dauys log accept-rollback --log ${cycle.id} --as ID`,
  )
  const desk = await clerk(restored, undefined, {
    confirm: (on, proposal) => serveConfirmation(on, log, link(), proposal),
  })
  expect((await desk.types(`log accept-rollback --log 0 --as ${ayan.id}`)).refused).toContain('no rollback')
  expect((await desk.types(`log accept-rollback --log ${cycle.id} --as ${ann.id}`)).refused).toContain('role')

  const typed = desk.types(command())
  const asked = await bota.sees('Сіздің растауыңыз керек')
  expect(asked.text).toContain('Дерекқордың қалпына келтірілген көшірмесін қабылдау.')
  expect(asked.text).toContain(`Ұсынған әкімдік қызметкері: ${ayan.id}`)
  // Whoever writes meanwhile is not kept waiting in silence.
  await ann.sees(/жөнделіп|чинят/)
  await bota.taps('Растау')
  await bota.sees('Расталды, орындалды.')
  const answer = await typed
  expect(answer.refused).toBeUndefined()
  expect(answer.lines.at(-1)).toBe('Accepted. Start the program now.')
  await ayan.sees('Ұсынысыңыз расталды, орындалды.')

  await refuseLostHistory(restored)
  expect((await numberLeaves(restored)).stopped).toEqual([])
  await refuseLostHistory(restored)
  const [leaf] = await restored.db.sql<{ event: Record<string, unknown> }[]>`
    select convert_from(l.body, 'UTF8')::jsonb -> 1 as event from leaf l join entry e on e.leaf = l.id
    where l.kind = 'log-rollback-accepted'`
  expect(leaf?.event).toMatchObject({
    by: accountMark(restored, ayan.id),
    second: accountMark(restored, bota.id),
    signed: { size: expect.any(Number) as number },
  })
  expect((await desk.types(command())).refused).toContain('no rollback')
  await desk.leaves()
})

test('the loss that was accepted is that one: a second restore of the same backup is refused again', async () => {
  const again = connect(backup.href, { role: appRole() })
  const other = { ...restored, db: again }
  const kept = await restored.secrets.keptHead(cycle.id)
  // As if more had been signed since: what the leaf accepted was another head.
  const foreign = await restored.secrets.keptHead(0)
  expect(kept).toBeDefined()
  expect(foreign).toBeDefined()
  await restored.secrets.keepHead(cycle.id, (kept ?? '').replace(/\n\d+\n/, '\n99\n'))
  await expect(refuseLostHistory(other)).rejects.toThrow('accept-rollback')
  const waiting = must(await proposeRollback(other, cycle.id, ayan.id))
  // Before the second official answers, the newest dump was found after all.
  await restored.secrets.keepHead(cycle.id, kept ?? '')
  expect(await confirmAct(other, waiting.id, bota.id)).toEqual({
    ok: false,
    problem: { kind: 'cannot', why: 'not-rolled-back' },
  })
  expect(kindOf(await proposeRollback(other, cycle.id, ayan.id))).toBe('not-rolled-back')
  await again.close()
})

test('nobody answers, or the second official refuses: nothing is changed', async () => {
  const kept = (await restored.secrets.keptHead(cycle.id)) ?? ''
  await restored.secrets.keepHead(cycle.id, kept.replace(/\n\d+\n/, '\n99\n'))
  const desk = await clerk(restored, undefined, {
    confirm: (on, proposal) => serveConfirmation(on, log, { ...link(), ms: 1 }, proposal),
  })
  expect((await desk.types(command())).refused).toContain('Nobody confirmed')
  const patient = await clerk(restored, undefined, {
    confirm: (on, proposal) => serveConfirmation(on, log, link(), proposal),
  })
  const typed = patient.types(command())
  await bota.sees('Сіздің растауыңыз керек')
  await bota.taps('Бас тарту')
  expect((await typed).refused).toContain('refused')
  await expect(refuseLostHistory(restored)).rejects.toThrow('accept-rollback')
  await restored.secrets.keepHead(cycle.id, kept)
  await desk.leaves()
  await patient.leaves()
})
