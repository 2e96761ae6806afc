// What every session store promises, told once and run against memory and Redis. 300+: one suite, a promise a test.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ofPerson, type Session, type Settled } from '../../src/session/session.ts'

export interface Store {
  /** A session store that starts with nothing in it, of bot 1 unless told; `holdMs`: how long a lock is kept at most. */
  open(options?: { holdMs?: number; bot?: number }): Promise<Session>
  /** Lets time pass for the store's time limits. */
  pass(ms: number): Promise<void>
  /** Loses everything the store holds. */
  lose(): Promise<void>
}

const HOLD = 500
const VIEW = `view:${ofPerson('aigul')}`
const BALLOTS = `ballots:${ofPerson('aigul')}`

export function conformance(name: string, there: boolean, store: Store): void {
  describe.runIf(there)(`the session store in ${name}`, () => {
    let session: Session
    beforeEach(async () => {
      session = await store.open()
    })
    afterEach(() => session.close())

    test('updates of one person are served one at a time, in the order of coming', async () => {
      const served: number[] = []
      let inside = 0
      await Promise.all(
        Array.from({ length: 20 }, async (_, update) => {
          expect(await session.begin('aigul', update, 5000)).toEqual({ state: 'mine', attempt: 1 })
          inside += 1
          expect(inside).toBe(1)
          await sleep(Math.random() * 4)
          served.push(update)
          inside -= 1
          await session.release('aigul')
        }),
      )
      expect(served).toEqual(Array.from({ length: 20 }, (_, i) => i))
    })

    test('a chat is owed its latest screen, until that very one is paid', async () => {
      await session.owe(7, { update: 1, by: 'mn' }, 0)
      await session.owe(7, { update: 2, by: 'br:x', message: 5 }, 0)
      await session.paid(7, 1)
      expect(await session.oweLater(7, 1, 0)).toBe(false)
      expect(await session.claimOwed(10, 60_000)).toEqual([
        { person: '7', owed: { update: 2, by: 'br:x', message: 5 } },
      ])
      expect(await session.oweLater(7, 2, 0)).toBe(true)
      await session.paid('7', 2)
      expect(await session.claimOwed(10, 60_000)).toEqual([])
      expect(await session.oweLater(7, 2, 0)).toBe(false)
    })

    test('a screen is owed with the commit, and settled with the lock’s end: as it was said, and of that update only', async () => {
      const due = async () => (await session.claimOwed(10, 0)).map(({ person, owed }) => [person, owed.by])
      const ends = async (update: number, settled: Settled) => {
        await session.begin(7, update, 0)
        await session.commit(7, update, { owed: { update, by: `screen ${update}` }, inMs: 0 })
        expect(await due()).toEqual([['7', `screen ${update}`]])
        await session.release(7, update, settled)
        return due()
      }
      expect(await ends(1, { kind: 'later', inMs: 60_000 })).toEqual([])
      expect(await session.oweLater(7, 1, 0)).toBe(true)
      expect(await ends(2, { kind: 'paid' })).toEqual([])
      expect(await session.oweLater(7, 2, 0)).toBe(false)
      const plain = { update: 3, by: 'in plain words' }
      expect(await ends(3, { kind: 'owed', owed: plain, inMs: 0 })).toEqual([['7', 'in plain words']])
      await session.begin(7, 4, 0)
      await session.commit(7, 4)
      await session.release(7, 4, { kind: 'paid' })
      expect(await due()).toEqual([['7', 'in plain words']])
      expect(await session.begin(7, 3, 0)).toEqual({ state: 'seen' })
    })

    test('a screen is settled though the turn that showed it has lapsed, and nobody else’s lock is freed', async () => {
      const short = await store.open({ holdMs: HOLD })
      await short.begin(7, 1, 0)
      await short.commit(7, 1, { owed: { update: 1, by: 'mn' }, inMs: 0 })
      await short.begin(7, 2, 2000)
      await short.release(7, 1, { kind: 'paid' })
      expect(await short.claimOwed(10, 0)).toEqual([])
      expect(await short.begin(7, 3, 30)).toEqual({ state: 'busy' })
      await short.close()
    })

    test('what a commit finds changed, owed and seen is there at once', async () => {
      await session.setMarks(7, 'b1', ['well'])
      await session.begin(7, 1, 0, { marks: 'b1', expectation: true })
      await session.eraseMarks(7, 'b1')
      await session.expect(7, { kind: 'code' }, 60)
      await session.commit(7, 1, { owed: { update: 1, by: 'mn' }, inMs: 0 })
      await session.release(7, 1)
      expect(await session.marks(7, 'b1')).toBeUndefined()
      expect(await session.expectation(7)).toEqual({ kind: 'code' })
      expect(await session.claimOwed(1, 0)).toEqual([{ person: '7', owed: { update: 1, by: 'mn' } }])
    })

    test('an owed screen is one caller’s at a time; of one who dies it is the next one’s', async () => {
      for (const person of [1, 2, 3]) await session.owe(person, { update: person, by: 'mn' }, 0)
      await session.owe(4, { update: 4, by: 'mn' }, 60_000)
      const [one, other] = await Promise.all([session.claimOwed(2, 300), session.claimOwed(2, 300)])
      expect([...one, ...other].map(({ person }) => person).sort()).toEqual(['1', '2', '3'])
      expect(await session.claimOwed(5, 300)).toEqual([])
      await session.paid(1, 1)
      await store.pass(310)
      expect((await session.claimOwed(5, 300)).map(({ person }) => person).sort()).toEqual(['2', '3'])
    })

    test('two bots on one store share nothing: neither updates seen, locks and attempts, nor marks, rates and pauses', async () => {
      const other = await store.open({ bot: 2 })
      await session.begin('aigul', 1, 0)
      await session.setMarks('aigul', 'b1', ['well'])
      await session.expect('aigul', { kind: 'code' }, 60)
      await session.setNote('7', { step: 1 }, 60)
      await session.pause('telegram', 60_000)
      await session.owe('aigul', { update: 1, by: 'mn' }, 0)
      expect(await session.allow('search', 1, 60_000)).toBe(true)
      await session.commit('aigul', 1)
      expect(await other.begin('aigul', 1, 0)).toEqual({ state: 'mine', attempt: 1 })
      expect(await other.marks('aigul', 'b1')).toBeUndefined()
      expect(await other.expectation('aigul')).toBeUndefined()
      expect(await other.note('7')).toBeUndefined()
      expect(await other.pausedFor('telegram')).toBe(0)
      expect(await other.claimOwed(1, 1000)).toEqual([])
      expect(await other.allow('search', 1, 60_000)).toBe(true)
      await other.close()
      expect(await session.marks('aigul', 'b1')).toEqual(['well'])
    })

    test('what an update wants comes with its lock, is its own meanwhile, and stays as it left it', async () => {
      const wanted = { notes: [VIEW, BALLOTS], marks: 'b1', expectation: true }
      await session.setMarks('aigul', 'b1', ['well'])
      await session.setNote(VIEW, { words: 1 }, 60)
      await session.begin('aigul', 1, 0, wanted)
      expect(await session.marks('aigul', 'b1')).toEqual(['well'])
      expect(await session.note(VIEW)).toEqual({ words: 1 })
      expect(await session.note(BALLOTS)).toBeUndefined()
      await session.setMarks('aigul', 'b1', ['road'])
      await session.expect('aigul', { kind: 'code' }, 60)
      await session.setMarks('aigul', 'b2', ['school'])
      expect(await session.marks('aigul', 'b1')).toEqual(['road'])
      await session.commit('aigul', 1)
      await session.eraseMarks('aigul', 'b1', 'b2')
      await session.setNote(VIEW, { words: 2 }, 60)
      await session.setNote(BALLOTS, { screens: [] }, 60)
      await session.eraseNotes(BALLOTS)
      expect(await session.marks('aigul', 'b1')).toBeUndefined()
      await session.release('aigul', 1)
      expect(await session.marks('aigul', 'b1')).toBeUndefined()
      expect(await session.marks('aigul', 'b2')).toBeUndefined()
      expect(await session.note(VIEW)).toEqual({ words: 2 })
      expect(await session.note(BALLOTS)).toBeUndefined()
      expect(await session.expectation('aigul')).toEqual({ kind: 'code' })
    })

    test('what is written again as it was lives anew, and what was changed is committed before it is seen', async () => {
      await session.setMarks('aigul', 'b1', ['well'])
      await session.setNote(VIEW, { words: 1 }, 0.3)
      await session.begin('aigul', 1, 0, { notes: [VIEW], marks: 'b1' })
      await session.setNote(VIEW, { words: 1 }, 60)
      await session.setMarks('aigul', 'b1', ['well', 'road'])
      await session.release('aigul', 1)
      await store.pass(350)
      expect(await session.note(VIEW)).toEqual({ words: 1 })
      expect(await session.marks('aigul', 'b1')).toEqual(['well', 'road'])
      expect(await session.begin('aigul', 1, 0)).toEqual({ state: 'mine', attempt: 2 })
    })

    test('a handler that outlived its time changes nothing of who came after it', async () => {
      const short = await store.open({ holdMs: HOLD })
      await short.begin('aigul', 1, 0, { marks: 'b1' })
      await short.begin('aigul', 2, 2000, { marks: 'b1' })
      await short.setMarks('aigul', 'b1', ['road'])
      await short.release('aigul', 1)
      expect(await short.marks('aigul', 'b1')).toEqual(['road'])
      await short.release('aigul', 2)
      expect(await short.marks('aigul', 'b1')).toEqual(['road'])
      await short.close()
    })

    test('a rate may be asked with the lock: the same bucket that is asked without', async () => {
      const rate = { key: 'presses', limit: 3, windowMs: 60_000 }
      const allowed = async (update: number) => {
        const begun = await session.begin('aigul', update, 0, { rate })
        await session.release('aigul')
        return begun.state === 'mine' ? begun.allowed : begun.state
      }
      expect([await allowed(1), await allowed(2)]).toEqual([true, true])
      expect(await session.allow(`presses:${ofPerson('aigul')}`, 3, 60_000)).toBe(true)
      expect([await allowed(3), await session.allow(`presses:${ofPerson('aigul')}`, 3, 60_000)]).toEqual([
        false,
        false,
      ])
    })

    test('two people do not wait for each other', async () => {
      expect(await session.begin('aigul', 1, 0)).toMatchObject({ state: 'mine' })
      expect(await session.begin('berik', 2, 0)).toMatchObject({ state: 'mine' })
    })

    test('an attempt that is forgiven does not count', async () => {
      for (const attempt of [1, 2]) {
        expect(await session.begin('aigul', 1, 0)).toEqual({ state: 'mine', attempt })
        await session.release('aigul')
      }
      await session.forgive('aigul', 1)
      expect(await session.begin('aigul', 1, 0)).toEqual({ state: 'mine', attempt: 1 })
      await session.commit('aigul', 1)
      await session.forgive('aigul', 1)
      await session.release('aigul')
      expect(await session.begin('aigul', 1, 0)).toEqual({ state: 'seen' })
    })

    test('who waits longer than asked is told that the person is busy, and leaves the queue', async () => {
      await session.begin('aigul', 1, 0)
      const asked = performance.now()
      expect(await session.begin('aigul', 2, 100)).toEqual({ state: 'busy' })
      expect(performance.now() - asked).toBeGreaterThan(90)
      expect(performance.now() - asked).toBeLessThan(2000)
      await session.release('aigul')
      expect(await session.begin('aigul', 3, 0)).toMatchObject({ state: 'mine' })
    })

    test('a handler that hangs keeps its person no longer than it may', async () => {
      const short = await store.open({ holdMs: HOLD })
      await short.begin('aigul', 1, 0)
      expect(await short.begin('aigul', 2, 50)).toEqual({ state: 'busy' })
      expect(await short.begin('aigul', 2, 2000)).toMatchObject({ state: 'mine' })
      await short.close()
    })

    test('a handler that outlived its time frees nobody else’s lock', async () => {
      const short = await store.open({ holdMs: HOLD })
      await short.begin('aigul', 1, 0)
      expect(await short.begin('aigul', 2, 2000)).toMatchObject({ state: 'mine' })
      await short.release('aigul', 1)
      expect(await short.begin('aigul', 3, 30)).toEqual({ state: 'busy' })
      await short.release('aigul', 2)
      expect(await short.begin('aigul', 3, 30)).toMatchObject({ state: 'mine' })
      await short.close()
    })

    test('giving back what was never taken is harmless', async () => {
      await session.release('nobody')
      expect(await session.begin('nobody', 1, 0)).toMatchObject({ state: 'mine' })
    })

    test('a duplicate waits for the person and then learns that the update was committed', async () => {
      await session.begin('aigul', 7, 0)
      const duplicate = session.begin('aigul', 7, 2000)
      await sleep(20)
      await session.commit('aigul', 7)
      await session.release('aigul')
      expect(await duplicate).toEqual({ state: 'seen' })
      expect(await session.begin('aigul', 8, 0)).toMatchObject({ state: 'mine' })
    })

    test('an update that was not committed is not seen: it comes again as the next attempt', async () => {
      for (const attempt of [1, 2, 3]) {
        expect(await session.begin('aigul', 9, 0)).toEqual({ state: 'mine', attempt })
        await session.release('aigul')
      }
      expect(await session.begin('aigul', 10, 0)).toEqual({ state: 'mine', attempt: 1 })
    })

    test('waiting in vain is not an attempt', async () => {
      await session.begin('aigul', 1, 0)
      expect(await session.begin('aigul', 2, 20)).toEqual({ state: 'busy' })
      await session.release('aigul')
      expect(await session.begin('aigul', 2, 0)).toEqual({ state: 'mine', attempt: 1 })
    })

    test('a ballot opened with nothing marked differs from one never opened', async () => {
      expect(await session.marks('aigul', 'b1')).toBeUndefined()
      await session.setMarks('aigul', 'b1', [])
      expect(await session.marks('aigul', 'b1')).toEqual([])
      await session.setMarks('aigul', 'b1', ['well', 'road'])
      expect(await session.marks('aigul', 'b1')).toEqual(['well', 'road'])
      expect(await session.marks('aigul', 'b2')).toBeUndefined()
    })

    test('erased marks are gone', async () => {
      await session.setMarks('aigul', 'b1', ['well'])
      await session.setMarks('aigul', 'b2', ['road'])
      await session.setMarks('aigul', 'b3', ['school'])
      await session.eraseMarks('aigul', 'b1')
      expect(await session.marks('aigul', 'b1')).toBeUndefined()
      await session.eraseMarks('aigul', 'b1', 'b2')
      expect(await session.marks('aigul', 'b2')).toBeUndefined()
      await session.eraseMarks('aigul')
      expect(await session.marks('aigul', 'b3')).toEqual(['school'])
    })

    test('an expected answer is remembered whole, replaced, and forgotten on request', async () => {
      expect(await session.expectation('aigul')).toBeUndefined()
      await session.expect('aigul', { kind: 'code', village: 12, note: 'ә"\n' }, 60)
      expect(await session.expectation('aigul')).toEqual({ kind: 'code', village: 12, note: 'ә"\n' })
      await session.expect('aigul', { kind: 'photo' }, 60)
      expect(await session.expectation('aigul')).toEqual({ kind: 'photo' })
      await session.expectNothing('aigul')
      expect(await session.expectation('aigul')).toBeUndefined()
    })

    test('an expectation lapses', async () => {
      await session.expect('aigul', { kind: 'code' }, 0.15)
      await store.pass(200)
      expect(await session.expectation('aigul')).toBeUndefined()
    })

    test('a note is kept whole beside what is expected, replaced, and erased on request', async () => {
      await session.expect(7, { kind: 'code' }, 60)
      expect(await session.note('7')).toBeUndefined()
      await session.setNote('7', { step: 2, words: ['ә"\n'] }, 60)
      await session.setNote('8', { step: 1 }, 60)
      expect(await session.note('7')).toEqual({ step: 2, words: ['ә"\n'] })
      await session.setNote('7', { step: 3 }, 60)
      expect(await session.note('7')).toEqual({ step: 3 })
      expect(await session.expectation(7)).toEqual({ kind: 'code' })
      await session.eraseNotes()
      await session.eraseNotes('7', '9')
      expect(await session.note('7')).toBeUndefined()
      expect(await session.note('8')).toEqual({ step: 1 })
    })

    test('a note lapses, and lives anew from when it is written again', async () => {
      await session.setNote('7', { step: 1 }, 0.15)
      await session.setNote('8', { step: 1 }, 0.15)
      await session.setNote('8', { step: 2 }, 60)
      await store.pass(200)
      expect(await session.note('7')).toBeUndefined()
      expect(await session.note('8')).toEqual({ step: 2 })
    })

    test('a person is the same whether the id is a number or its digits', async () => {
      await session.expect(7, { kind: 'code' }, 60)
      expect(await session.expectation('7')).toEqual({ kind: 'code' })
      expect(await session.begin(7, 1, 0)).toMatchObject({ state: 'mine' })
      expect(await session.begin('7', 2, 30)).toEqual({ state: 'busy' })
      await session.release('7')
    })

    test('a rate allows its limit at once, refuses the next, and refills evenly', async () => {
      const tries = async (n: number) => {
        const answers: boolean[] = []
        for (let i = 0; i < n; i++) answers.push(await session.allow('search:aigul', 3, 3000))
        return answers
      }
      expect(await tries(4)).toEqual([true, true, true, false])
      await store.pass(1200)
      expect(await tries(2)).toEqual([true, false])
      expect(await session.allow('search:berik', 3, 3000)).toBe(true)
    })

    test('a pause counts down, ends, and is never shortened', async () => {
      expect(await session.pausedFor('telegram')).toBe(0)
      await session.pause('telegram', 900)
      await session.pause('telegram', 10)
      const left = await session.pausedFor('telegram')
      expect(left).toBeGreaterThan(300)
      expect(left).toBeLessThanOrEqual(900)
      expect(await session.pausedFor('another')).toBe(0)
      await store.pass(950)
      expect(await session.pausedFor('telegram')).toBe(0)
    })

    test('a store that loses everything costs marks and questions, and goes on', async () => {
      await session.begin('aigul', 1, 0)
      await session.commit('aigul', 1)
      await session.setMarks('aigul', 'b1', ['well'])
      await session.expect('aigul', { kind: 'code' }, 60)
      await session.setNote('7', { step: 1 }, 60)
      await session.pause('telegram', 60_000)
      await store.lose()
      expect(await session.note('7')).toBeUndefined()
      expect(await session.marks('aigul', 'b1')).toBeUndefined()
      expect(await session.expectation('aigul')).toBeUndefined()
      expect(await session.pausedFor('telegram')).toBe(0)
      await session.release('aigul')
      expect(await session.begin('aigul', 1, 0)).toEqual({ state: 'mine', attempt: 1 })
    })

    test('turns stand apart, whoever asks: no second holds more of them than asked, and none is made up for', async () => {
      let began = performance.now()
      const asks = (times: number, perSecond: number) =>
        Promise.all(Array.from({ length: times }, () => session.turn('messages', perSecond)))
      const last = Math.max(...(await Promise.all([asks(100, 20), asks(100, 20), asks(1, 20)])).flat())
      expect(last).toBeLessThanOrEqual(200 * 52.5)
      expect(last).toBeGreaterThan(200 * 52.5 - (performance.now() - began) - 1)
      expect(await session.turn('others', 2)).toBe(0)
      await store.pass(1_200)
      began = performance.now()
      const next = await Promise.all([session.turn('others', 2), session.turn('others', 2)])
      expect(next[0]).toBe(0)
      expect(next[1]).toBeGreaterThan(525 - (performance.now() - began) - 1)
      began = performance.now()
      expect(await session.turn('several', 2, 3)).toBe(0)
      expect(await session.turn('several', 2)).toBeGreaterThan(3 * 525 - (performance.now() - began) - 1)
    })

    test('a store that answers is ready', async () => {
      await expect(session.ready()).resolves.toBeUndefined()
    })
  })
}
