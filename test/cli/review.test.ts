// dauys review: the second door to what auditors and officials do in the chat.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { must, openVoting, smallCycle } from '../support/cycle.ts'

const [AUDITOR, OFFICIAL, MODERATOR] = [11, 12, 14]
const WHY = 'Көп дауыс бір сағатта, мектеп автобусымен келді'
const FOUND = 'Автобусты аким емес, ата-аналар жалдаған'

let app: TestApp
let desk: Clerk
beforeAll(async () => {
  app = await testApp('review-command')
  desk = await clerk(app)
  for (const [account, role] of [
    [AUDITOR, 'auditor'],
    [OFFICIAL, 'official'],
    [MODERATOR, 'moderator'],
  ] as const)
    must(await grantRole(app, { account, role }, 'command'))
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

test('by command: proposed by one, confirmed by another in chat, and listed with its reasons', async () => {
  const { id, villages } = await smallCycle(app, 'typed', [[1_000_000]])
  await openVoting(app, id)
  const where = `--cycle typed --village ${villages[0]}`
  expect(await desk.types('review list --cycle typed')).toMatchObject({
    lines: ['Nothing is under review now.'],
  })
  expect((await desk.types(`review close ${where} --reason "${FOUND}" --as ${AUDITOR}`)).refused).toContain(
    'not under review',
  )
  expect((await desk.types(`review open ${where} --reason short --as ${AUDITOR}`)).refused).toContain(
    'wanted: 10 to 500',
  )
  expect((await desk.types(`review open ${where} --reason "${WHY}" --as ${MODERATOR}`)).refused).toContain(
    'no role',
  )
  const { lines } = await desk.types(`review open ${where} --reason "${WHY}" --as ${AUDITOR}`)
  expect(lines.join('\n')).toContain(String(OFFICIAL))
  const [proposal] = await app.db.sql<{ id: string }[]>`
    select id from proposal where state = 'open' and act ->> 'cycle' = ${String(id)}`
  must(await confirmAct(app, proposal?.id ?? '', OFFICIAL))
  const listed = (await desk.types('review list --cycle typed')).lines
  expect(listed).toHaveLength(2)
  expect(listed[0]).toContain('under review')
  expect(listed[1]).toContain(WHY)
  await desk.types(`review close ${where} --reason "${FOUND}" --as ${OFFICIAL}`)
  expect((await desk.types('review list --cycle typed')).lines[2]).toMatch(/Not confirmed yet.*Автобус/)
})
