// Sixty people and a Telegram in a bad mood, over two replicas: one chat's trouble is nobody else's, and no screen is lost for good.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { PACE } from '../../src/bot/pace.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { openVoting, smallCycle, type SmallCycle } from '../support/cycle.ts'
import { type Fleet, openFleet, type Resident } from '../support/fleet.ts'
import { sayFigure } from '../support/notes.ts'
import { isTold } from '../support/size.ts'
import { plain } from './survive-journey.ts'

const told = Boolean(process.env.DAUYS_TEST_REDIS_URL) && isTold('sixty people and a Telegram in a bad mood')
/** Absent when the run found no Redis, and said so. */
const story = test.runIf(told)

const people = 60
const pauseS = 12
const [floodMs, calmMs, downMs] = [60_000, 20_000, 60_000]
vi.setConfig({ testTimeout: 400_000 })

/** Between two presses of a calm person, so that one process that is both replicas and Telegram is not at its end; and of the other one. */
const CALM_EVERY_MS = 4_000
const FLOOD_EVERY_MS = 333
const SILENT_MS = 30_000

let app: TestApp
let cycle: SmallCycle
let fleet: Fleet
let residents: [Resident, ...Resident[]]
let drawing: { stop(): Promise<void> }
beforeAll(async () => {
  if (!told) return
  app = await testApp('crowd')
  cycle = await smallCycle(app, 'crowd', [[100, 200, 300]])
  await openVoting(app, cycle.id)
  fleet = await openFleet(app, { replicas: 2, pace: PACE })
  const home = { cycle: cycle.id, territory: cycle.villages[0] as number }
  const all: Resident[] = []
  while (all.length < people) all.push(await fleet.resident('Тұрғын', home, 'kk'))
  residents = all as [Resident, ...Resident[]]
  for (const person of residents) await person.says('/menu')
  await fleet.settled()
  drawing = drawsScreens()
})
afterEach(async () => {
  await fleet?.room.control('DELETE', 'faults')
  await fleet?.room.control('PUT', 'limits', { on: false })
})
afterAll(async () => {
  await drawing?.stop()
  await fleet?.stop()
  await app?.done()
})

/** As the loops of the replicas do. */
function drawsScreens(): { stop(): Promise<void> } {
  let ended = false
  const work = (async () => {
    for (; !ended; await sleep(250)) await Promise.all(fleet.replicas.map(({ redraw }) => redraw.round()))
    await Promise.all(fleet.replicas.map(({ redraw }) => redraw.idle()))
  })()
  return {
    async stop() {
      ended = true
      await work
    },
  }
}

interface Chat {
  version: number
  messages: { message_id: number; from: string; text?: string }[]
}
const chatOf = ({ id }: Resident, more = ''): Promise<Chat> =>
  fleet.room.control('GET', `people/${id}/chat?last=1${more}`)
const shows = ({ messages }: Chat): string | undefined =>
  messages.at(-1)?.from === 'bot' ? messages.at(-1)?.text : undefined

/** Presses the one of two buttons whose screen is not there; milliseconds until it is, undefined when it does not come. */
async function presses(person: Resident): Promise<number | undefined> {
  let chat = await chatOf(person)
  const before = shows(chat)
  const how = plain(person.t.html('start.how')).slice(0, 20)
  const began = performance.now()
  await person.act('press-raw', {
    message_id: chat.messages.at(-1)?.message_id,
    data: before?.includes(how) ? 'mn' : 'hw',
  })
  for (const until = began + SILENT_MS; performance.now() < until; ) {
    chat = await chatOf(person, `&after=${chat.version}&timeout=${Math.ceil(until - performance.now())}`)
    if (shows(chat) !== undefined && shows(chat) !== before) return performance.now() - began
  }
  return undefined
}

const p95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0
const lostFor = async (reason: string): Promise<number> => {
  const all = await Promise.all(fleet.replicas.map(({ metrics }) => metrics.answersLost.get()))
  return all
    .flatMap(({ values }) => values)
    .filter(({ labels }) => labels.reason === reason)
    .reduce((sum, { value }) => sum + value, 0)
}

story(
  'one chat is refused: everybody else is answered at once, and its own screen comes at the end of the pause',
  { retry: 2 },
  async () => {
    const [ann, ...others] = residents
    await fleet.room.control('POST', 'faults', {
      chat_id: String(ann.id),
      kind: '429',
      retry_after: pauseS,
      stays: true,
    })
    const hers = presses(ann)
    const times = await Promise.all(
      others.map((person, at) => sleep((at * 1_000) / people).then(() => presses(person))),
    )
    const answered = times.filter((time) => time !== undefined)
    expect(answered).toHaveLength(others.length)
    const waited = await hers
    expect(waited).toBeGreaterThanOrEqual(pauseS * 1000 - 500)
    expect(Math.max(...answered)).toBeLessThan(pauseS * 1000)
    sayFigure(
      `one chat of ${people} refused for ${pauseS} s: ${answered.length} of ${others.length} others answered, p95 ${p95(answered).toFixed(0)} ms; its own screen after ${((waited ?? 0) / 1000).toFixed(1)} s without a tap`,
    )
  },
)

/** Everybody but the first presses calmly; the first, if told so, three times a second. */
async function walk(ms: number, flood: boolean): Promise<{ times: number[]; silent: number }> {
  const [flooder, ...others] = residents
  const end = performance.now() + ms
  const times: number[] = []
  let silent = 0
  const calm = async (person: Resident, at: number) => {
    await sleep((CALM_EVERY_MS * at) / people)
    while (performance.now() < end) {
      const began = performance.now()
      const time = await presses(person)
      if (time === undefined) silent++
      else times.push(time)
      await sleep(Math.max(0, CALM_EVERY_MS - (performance.now() - began)))
    }
  }
  const flooding = async () => {
    const message_id = (await chatOf(flooder)).messages.at(-1)?.message_id
    for (let act = 0; performance.now() < end; act++) {
      if (act % 2) await flooder.says('/menu')
      else await flooder.act('press-raw', { message_id, data: act % 4 ? 'mn' : 'hw' })
      await sleep(FLOOD_EVERY_MS)
    }
  }
  await Promise.all([...others.map(calm), ...(flood ? [flooding()] : [])])
  return { times, silent }
}

story(
  'one person acts three times a second: nobody else is silent, refused, or slower by half',
  { retry: 2 },
  async () => {
    await fleet.room.control('PUT', 'limits', { on: true })
    // As far as Telegram is.
    await fleet.room.control('POST', 'faults', { kind: 'delay', ms: 50, times: 0 })
    await walk(calmMs, false)
    // Before and after, so that a machine that grows busier meanwhile is not taken for the flood.
    const before = await walk(calmMs, false)
    const flooded = await walk(floodMs, true)
    const after = await walk(calmMs, false)
    const [calm, beside] = [p95([...before.times, ...after.times]), p95(flooded.times)]
    sayFigure(
      `beside one who acts 3 times a second for ${floodMs / 1000} s: p95 of ${people - 1} others ${beside.toFixed(0)} ms, without ${calm.toFixed(0)} ms, ratio ${(beside / calm).toFixed(2)}; ${flooded.silent} silent of ${flooded.times.length} presses`,
    )
    expect(before.silent + flooded.silent + after.silent).toBe(0)
    // A few presses on a busy machine say nothing about a 95th percentile.
    expect(beside / calm).toBeLessThanOrEqual(1.5)
  },
)

story(
  'Telegram is down for everybody: afterwards every waiting screen is there without another tap',
  async () => {
    const lost = await lostFor('away')
    await fleet.room.control('POST', 'faults', { kind: '502', times: 0 })
    const end = performance.now() + downMs
    await Promise.all(
      residents.map(async (person, at) => {
        await sleep((downMs * at) / (3 * people))
        const message_id = (await chatOf(person)).messages.at(-1)?.message_id
        // Twice, and the second is what they wait for: in words, or by a button.
        await person.act('press-raw', { message_id, data: 'al' })
        await sleep(downMs / 3)
        if (at % 2) await person.says('/help')
        else await person.act('press-raw', { message_id, data: 'hw' })
      }),
    )
    await sleep(Math.max(0, end - performance.now()))
    const how = plain(residents[0].t.html('start.how')).slice(0, 40)
    const missing = async () => {
      const all = await Promise.all(residents.map((person) => chatOf(person)))
      return all.filter((chat) => !shows(chat)?.includes(how)).length
    }
    const waiting = await missing()
    expect(waiting).toBeGreaterThan(people / 2)
    await fleet.room.control('DELETE', 'faults')
    const back = performance.now()
    await expect.poll(missing, { interval: 100 }).toBe(0)
    sayFigure(
      `Telegram answering 502 for ${downMs / 1000} s: ${waiting} of ${people} people without their screen, ${(await lostFor('away')) - lost} answers lost on the way; all there ${((performance.now() - back) / 1000).toFixed(1)} s after its end, without a tap`,
    )
  },
)
