// Cards typed in the very instant of the close, over two replicas: nothing is claimed, and nobody reads that they are verified.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { cards } from '../support/cards.ts'
import { letClose, openVoting, smallCycle, type SmallCycle } from '../support/cycle.ts'
import { unguarded, untilBlocked } from '../support/database.ts'
import { type Fleet, openFleet, type Resident } from '../support/fleet.ts'
import { plain } from './survive-journey.ts'

/** Absent when the run found no Redis, and said so. */
const story = test.runIf(process.env.DAUYS_TEST_REDIS_URL)

let app: TestApp
let fleet: Fleet
let cycle: SmallCycle
beforeAll(async () => {
  if (!process.env.DAUYS_TEST_REDIS_URL) return
  app = await testApp('instant')
  cycle = await smallCycle(app, 'instant', [[100, 200, 300]])
  await openVoting(app, cycle.id)
  fleet = await openFleet(app, { replicas: 2 })
})
afterAll(async () => {
  await fleet?.stop()
  await app?.done()
})

const claims = () => app.db.sql`select account from claim`

story('a card that is typed while the close is being written is answered that it is closed', async () => {
  const [territory] = cycle.villages as [number]
  const deck = await cards(app, cycle.id, territory, 6)
  const people: Resident[] = []
  for (const _ of deck) people.push(await fleet.resident('Тұрғын', { cycle: cycle.id, territory }))
  for (const person of people) {
    await person.tells('/menu')
    await person.taps(person.t('start.vote.button'))
  }
  await unguarded(app.db, async (sql) => {
    // As a close that has looked at nothing after it took its lock, and is not committed yet.
    await sql`select pg_advisory_xact_lock(7, ${cycle.id})`
    await Promise.all(people.map((person, at) => person.says(deck[at]?.code ?? '')))
    await untilBlocked(app.db)
    await sql`update phase_start set starts_at = clock_timestamp() where cycle = ${cycle.id} and phase = 'counting'`
  })
  await fleet.settled()
  const closed = plain(people[0]?.t.html('vote.closed', { time: '…' }) ?? '').split('…')
  for (const person of people) {
    const texts = (await person.texts()).join('\n')
    for (const part of closed) expect(texts).toContain(part)
    expect(texts).not.toContain(plain(person.t.html('verify.verified', { village: '' })).split(/[.:]/)[0])
  }
  expect(await claims()).toEqual([])
})

story(
  'cards that race the close: each claim stands before it in the log, everybody else reads that it is closed',
  async () => {
    const race = await smallCycle(app, 'race', [[100, 200, 300]])
    await openVoting(app, race.id)
    const [territory] = race.villages as [number]
    const deck = await cards(app, race.id, territory, 20)
    const people: Resident[] = []
    for (const _ of deck) people.push(await fleet.resident('Тұрғын', { cycle: race.id, territory }))
    for (const person of people) await person.says('/menu')
    await fleet.settled()
    const typed = people.map((person, at) => person.says(deck[at]?.code ?? ''))
    await letClose(app, race.id, 30)
    await expect.poll(async () => (await movePhase(app, race.id, { by: 'clock' })).ok).toBe(true)
    await Promise.all(typed)
    await fleet.settled()
    const kinds = (
      await app.db.sql<{ kind: string }[]>`
      select kind from leaf where log = ${race.id} and kind in ('claimed', 'closed') order by id`
    ).map(({ kind }) => kind)
    expect(kinds.at(-1)).toBe('closed')
    const rows = await app.db.sql<{ account: number }[]>`select account from claim where cycle = ${race.id}`
    expect(rows).toHaveLength(kinds.length - 1)
    const closed = plain(people[0]?.t.html('vote.closed', { time: '…' }) ?? '').split('…')[0] ?? ''
    for (const person of people) {
      const last = (await person.texts()).at(-1) ?? ''
      const claimed = rows.some(({ account }) => account === person.id)
      if (!claimed) expect(last).toContain(closed)
      else
        expect(last).toMatch(new RegExp(`${closed}|${plain(person.t.html('vote.marked', { n: 0, max: 3 }))}`))
    }
  },
)
