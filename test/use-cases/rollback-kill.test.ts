// A loss that two officials accepted, and a program that dies between a commit and the file of the last head: never refused again.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCheckpointText, readSignedNote } from '../../src/core/audit/checkpoint.ts'
import { lastHead } from '../../src/store/log.ts'
import { proposeRollback } from '../../src/use-cases/accept-rollback.ts'
import type { App } from '../../src/use-cases/app.ts'
import { refuseLostHistory } from '../../src/use-cases/check-history.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { replica, type TestApp, testApp } from '../support/app.ts'
import { type AtRest, atRest } from '../support/copies.ts'
import { must, openVoting, smallCycle, vote, type Voter, voters } from '../support/cycle.ts'
import { isTold } from '../support/size.ts'

const [AYAN, BOTA] = [71, 72]
/** The backup of the morning. */
let morning: AtRest
/** What was signed last in the evening, with two votes more, and what another evening would have signed. */
let evening: string
let otherEvening: string
let cycle = 0
let people: Voter[] = []

beforeAll(async () => {
  const app = await testApp('rollback-kill')
  const made = await smallCycle(app, 'restored', [[1_000_000]])
  cycle = made.id
  for (const account of [AYAN, BOTA]) must(await grantRole(app, { account, role: 'official' }, 'command'))
  await openVoting(app, cycle)
  people = await voters(app, cycle, made.villages[0] as number, 8)
  await cast(app, 0)
  await numberLeaves(app)
  morning = await atRest(app)
  const signedAfter = async (votes: readonly number[]) => {
    const day = await morning.copy()
    for (const at of votes) await cast(day, at)
    await numberLeaves(day)
    const note = await day.secrets.keptHead(cycle)
    await day.done()
    return note ?? ''
  }
  evening = await signedAfter([1, 2])
  otherEvening = await signedAfter([2, 1])
  expect(evening).not.toBe(otherEvening)
}, 60_000)
afterAll(() => morning.done())

const cast = async (app: App, at: number) => must(await vote(app, cycle, people[at] as Voter, ['a1']))

/** The database of the morning with the secrets of the evening. */
async function restored(): Promise<TestApp> {
  const app = await morning.copy()
  await app.secrets.keepHead(cycle, evening)
  return app
}

async function accept(app: App): Promise<void> {
  const proposed = must(await proposeRollback(app, cycle, AYAN))
  must(await confirmAct(app, proposed.id, BOTA))
}

/** The same program, which dies when it is about to write the file of a last head for the nth time. */
function dying(app: App, nth: number): App {
  let left = nth
  const keepHead: App['secrets']['keepHead'] = async (log, note) => {
    if (--left === 0) throw new Error('killed')
    await app.secrets.keepHead(log, note)
  }
  return { ...app, secrets: { ...app.secrets, keepHead } }
}

/** Whether it came to its end. */
async function survives(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if (!(error instanceof Error) || error.message !== 'killed') throw error
    return false
  }
}

const sizeOf = (note: string): number => {
  const read = must(readSignedNote(note))
  return must(readCheckpointText(read.text)).size
}

/** The file and the database say the same, and a start is not refused. */
async function holds(app: App): Promise<void> {
  await refuseLostHistory(app)
  expect(await app.secrets.keptHead(cycle)).toBe((await lastHead(app.db, cycle))?.note)
}

test.runIf(isTold('a program that dies while a rollback is accepted'))(
  'it dies before each file that is written after the acceptance: the next start goes on from what was accepted',
  async () => {
    let deaths = 0
    for (let nth = 1, ended = false; !ended; nth++) {
      const app = await restored()
      await expect(refuseLostHistory(app)).rejects.toThrow('accept-rollback')
      await accept(app)
      // The commit of the acceptance alone has changed no file.
      expect(await app.secrets.keptHead(cycle)).toBe(evening)
      const program = dying(app, nth)
      ended = await survives(
        (async () => {
          await refuseLostHistory(program)
          await numberLeaves(program)
          for (const at of [3, 4]) {
            await cast(program, at)
            await numberLeaves(program)
          }
        })(),
      )
      if (!ended) deaths++
      await holds(app)
      await cast(app, 5)
      expect((await numberLeaves(app)).stopped).toEqual([])
      await holds(app)
      await app.done()
    }
    expect(deaths).toBeGreaterThanOrEqual(4)
  },
)

test('the file never comes, until the log is longer than what was lost: still no refusal', async () => {
  const app = await restored()
  await accept(app)
  for (let at = 3; sizeOf((await lastHead(app.db, cycle))?.note ?? '') <= sizeOf(evening); at++) {
    await cast(app, at)
    expect((await numberLeaves(app)).stopped).toEqual([])
    // As if each of these had died before it was written.
    await app.secrets.keepHead(cycle, evening)
  }
  await holds(app)
  await app.done()
})

test('two replicas start, number and die beside each other: neither refuses the other', async () => {
  const app = await restored()
  await accept(app)
  const other = replica(app)
  for (let round = 0; round < 4; round++) {
    await Promise.all([refuseLostHistory(app), refuseLostHistory(other)])
    await cast(round % 2 === 0 ? app : other, 3 + round)
    const steps = await Promise.all([numberLeaves(app), numberLeaves(other)])
    expect(steps.flatMap(({ stopped }) => stopped)).toEqual([])
    // One of them dies before its file: what was there before stands in it.
    if (round % 2 === 0) await app.secrets.keepHead(cycle, evening)
    await holds(round % 2 === 0 ? other : app)
  }
  await other.close()
  await app.done()
})

test('what was accepted is the loss of that evening: another one that was signed is refused', async () => {
  const app = await restored()
  await accept(app)
  await holds(app)
  await app.secrets.keepHead(cycle, otherEvening)
  await expect(refuseLostHistory(app)).rejects.toThrow('accept-rollback')
  expect((await numberLeaves(app)).stopped.map(({ fault }) => fault.kind)).toEqual(['rolled-back'])
  await app.done()
})
