// Questions of one moment: one statement, and everybody gets their own answer.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { together } from '../../src/store/together.ts'
import { readBallot } from '../../src/use-cases/read-ballot.ts'
import { readPlace } from '../../src/use-cases/read-place.ts'
import { rememberAccount } from '../../src/use-cases/remember-account.ts'
import { whoIs } from '../../src/use-cases/who-is.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { opened, openVoting, smallCycle, voters } from '../support/cycle.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('together')
})
afterAll(() => app.done())

const lengths = async (words: string[]) => new Map(words.map((word) => [word, word.length]))

test('what is asked in one moment is asked once, and each key only once', async () => {
  const asked: string[][] = []
  const ask = together()
  const lengthOf = (word: string) =>
    ask('length', word, (words) => {
      asked.push(words)
      return lengths(words.filter((one) => one !== 'nothing'))
    })
  expect(await Promise.all(['well', 'bridge', 'nothing', 'well'].map(lengthOf))).toEqual([4, 6, undefined, 4])
  expect(asked).toEqual([['well', 'bridge', 'nothing']])
})

test('questions of another kind stay apart', async () => {
  const ask = together()
  const upper = async (words: string[]) => new Map(words.map((word) => [word, word.toUpperCase()]))
  expect(await Promise.all([ask('length', 'well', lengths), ask('upper', 'well', upper)])).toEqual([
    4,
    'WELL',
  ])
})

test('whoever asks while a statement is under way gets an answer from after they asked', async () => {
  const ask = together()
  let value = 1
  const read = () => ask('value', 'it', async () => new Map([['it', value]]))
  const first = read()
  await new Promise(setImmediate)
  value = 2
  expect(await Promise.all([first, read()])).toEqual([1, 2])
})

test('a statement that fails fails for all who share it, and the next one goes', async () => {
  const ask = together()
  const lost = () => ask('length', 'well', () => Promise.reject(new Error('away')))
  const outcomes = await Promise.allSettled([lost(), lost()])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await ask('length', 'well', lengths)).toBe(4)
})

test('fifty people who write at once are each known by their own language, strangers too', async () => {
  const people = Array.from(
    { length: 50 },
    (_, at) => ({ id: 700_000 + at, locale: at % 2 ? 'kk' : 'ru' }) as const,
  )
  for (const { id, locale } of people.slice(0, 40)) await rememberAccount(app, id, { locale })
  const known = await Promise.all(people.map(({ id }) => whoIs(app, id)))
  expect(known.map(({ id, locale, known: met }) => [id, locale, met])).toEqual(
    people.map(({ id, locale }, at) => [id, at < 40 ? locale : undefined, at < 40]),
  )
})

test('neighbours who look at one moment are shown their own village, and it is read once', async () => {
  const { id, villages } = await smallCycle(app, 'neighbours', [[100], [200]])
  await openVoting(app, id)
  const [here, there] = villages as [number, number]
  const asked = [here, there, here, 0, here]
  const places = await Promise.all(asked.map((territory) => readPlace(app, id, territory)))
  expect(places.map((place) => place?.territory)).toEqual([here, there, here, undefined, here])
  expect(new Set(places).size).toBe(3)
})

test('neighbours who mark at one moment are shown their own ballots, and nobody another’s', async () => {
  const { id, villages } = await smallCycle(app, 'ballots', [[100, 200]])
  await openVoting(app, id)
  const people = await voters(app, id, villages[0] as number, 8)
  const ballots = await Promise.all(people.map((one) => opened(app, id, one)))
  const seen = await Promise.all(ballots.map(({ ballot, account }) => readBallot(app, ballot, account)))
  expect(seen.map((view) => view?.opened.id)).toEqual(ballots.map(({ ballot }) => ballot))
  const [mine, other] = ballots as [(typeof ballots)[0], (typeof ballots)[0]]
  const asked = [readBallot(app, mine.ballot, mine.account), readBallot(app, mine.ballot, other.account)]
  expect((await Promise.all(asked)).map((view) => view?.opened.id)).toEqual([mine.ballot, undefined])
})
