// Ballots that are sealed in a thread while many cast at once: the same ballots, and nobody's is lost with the thread.
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { decodeEvent } from '../../src/core/audit/event.ts'
import { leafMac, rowBond } from '../../src/core/audit/mac.ts'
import { leafHash } from '../../src/core/audit/merkle.ts'
import { receiptNumber, receiptStatement } from '../../src/core/audit/receipt.ts'
import { toHex } from '../../src/core/bytes.ts'
import { sha256 } from '../../src/core/sha256.ts'
import { openSealer } from '../../src/program/sealer.ts'
import { verify } from '../../src/sealing/sign.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { sealCast, sealingKeys, type CastTerms, type SealTools } from '../../src/use-cases/seal-cast.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { castAll, crowd, openAll } from '../support/crowd.ts'
import { must, openVoting, smallCycle } from '../support/cycle.ts'
import { buildShipped } from '../support/shipped.ts'

const SEALER = fileURLToPath(new URL('../../dist/sealer.mjs', import.meta.url))

let app: TestApp
beforeAll(async () => {
  await buildShipped()
  app = await testApp('seal-thread')
})
afterAll(() => app.done())

/** `here`: how many ballots this thread seals itself. */
function sealer(path: string, from: number) {
  const drawn = { here: 0 }
  const random = (bytes: number) => {
    drawn.here += 1
    return randomBytes(bytes)
  }
  const tools: SealTools = { sodium: app.sodium, random, ...sealingKeys(app.secrets) }
  const opened = openSealer(path, tools, { from, threads: 2 })
  onTestFinished(async () => void (await opened.end()))
  return { ...opened, tools, drawn }
}

const terms = (over: Partial<CastTerms> = {}): CastTerms => ({
  cycle: 'aul',
  origin: 'dauys.local/aul',
  village: 1,
  channel: 'online',
  publicKey: Buffer.from(app.sodium.crypto_box_keypair().publicKey).toString('hex'),
  boxSize: 256,
  choices: 'pot:a1,a2',
  right: 7,
  at: '2026-06-01T05:00:00.000Z',
  ...over,
})

/** The thread starts when first somebody needs it, and nobody waits for it: asked until it answers. */
async function warm({ seal, drawn }: ReturnType<typeof sealer>): Promise<void> {
  for (let before = -1; before !== drawn.here; ) {
    before = drawn.here
    await Promise.all([seal(terms()), seal(terms())])
  }
}

test('a crowd casts through the thread, each is answered with their own receipt, and the count opens every ballot', async () => {
  const { id, villages } = await smallCycle(app, 'sealed', [[100, 200, 300]], { trial: true })
  await openVoting(app, id)
  const [territory] = villages as [number]
  const voters = await crowd(app, { cycle: id, territory }, 60, 41_000_000)
  const thread = sealer(SEALER, 1)
  await warm(thread)
  const before = thread.drawn.here
  const cast = { ...app, seal: thread.seal }
  await castAll(cast, id, await openAll(app, id, voters), ['a1', 'a2'])
  expect(thread.drawn.here).toBe(before)
  must(await movePhase(app, id, { by: 'command' }))
  await numberLeaves(app)
  const [counted] = must(await countCycle(app, id, 'command'))
  expect(counted?.opened?.ballots).toHaveLength(60)
})

test('what the thread makes of a ballot is what this one makes: signature, MAC and bond are those of its leaf', async () => {
  const thread = sealer(SEALER, 1)
  await warm(thread)
  const asked = terms({ right: 12 })
  const { body, hash, receipt, mac, bond, signature, box } = await thread.seal(asked)
  const { leafKey } = thread.tools
  expect(hash).toEqual(leafHash(body))
  expect(receipt).toBe(receiptNumber(hash))
  expect(decodeEvent(body)).toMatchObject({
    value: { kind: 'ballot', village: '1', box: toHex(sha256(box)) },
  })
  expect(mac).toEqual(leafMac(leafKey, asked.origin, body))
  expect(bond).toEqual(rowBond(leafKey, asked.origin, { kind: 'ballot', leaf: toHex(hash), right: 12 }))
  const statement = receiptStatement({ cycle: asked.cycle, leaf: hash, at: asked.at })
  expect(verify(app.sodium, statement, signature, app.secrets.logKeys.publicKey)).toBe(true)
})

test('one cast alone is sealed where it is', async () => {
  const thread = sealer(SEALER, 2)
  await thread.seal(terms())
  expect(thread.drawn.here).toBeGreaterThan(0)
})

test('a thread that cannot start keeps nobody from casting', async () => {
  const broken = sealer(`${SEALER}.is-not-there`, 1)
  for (let times = 0; times < 3; times++) {
    const all = await Promise.all([broken.seal(terms()), broken.seal(terms())])
    expect(all.map(({ box }) => box.length)).toEqual([256 + 48, 256 + 48])
  }
  expect(broken.drawn.here).toBeGreaterThanOrEqual(6)
})

test('a ballot that cannot be sealed fails alone of those that came with it', async () => {
  const thread = sealer(SEALER, 1)
  await warm(thread)
  const [good, long] = await Promise.allSettled([
    thread.seal(terms()),
    thread.seal(terms({ choices: 'x'.repeat(256) })),
  ])
  expect([good.status, long.status]).toEqual(['fulfilled', 'rejected'])
  expect(() => sealCast(thread.tools, terms({ choices: 'x'.repeat(256) }))).toThrow(RangeError)
})
