// A ballot that counts is opened only as what its leaf committed to.
import { expect, test } from 'vitest'
import { commitment } from '../../src/core/audit/receipt.ts'
import type { Rules } from '../../src/core/audit/rules.ts'
import { toHex } from '../../src/core/bytes.ts'
import { sealBallot } from '../../src/sealing/ballot-box.ts'
import { ballotOpener } from '../../src/sealing/counted-ballot.ts'
import { boxKeys } from '../../src/sealing/sealed-box.ts'
import { loadSodium } from '../../src/sealing/sodium.ts'

const project = (id: string, number: number) => ({
  id,
  number,
  title: { kk: id, ru: id },
  cost: 1000,
  withdrawn: false,
})
const pots = [{ pot: 'general', budget: 5000, projects: [project('a1', 1), project('a2', 2)] }]
const rules = {
  cycle: 'auyl',
  ballot: { kind: 'approval', min: 1, max: 2 },
  villages: [{ village: '7', pots }],
} as unknown as Rules

test('a box with another choice than its leaf committed to is named, even if it opens', async () => {
  const sodium = await loadSodium()
  const keys = boxKeys(sodium)
  const open = ballotOpener(sodium, keys, rules, 256)
  const [nonce, other] = [new Uint8Array(32).fill(3), new Uint8Array(32).fill(4)]
  const box = (choices: string) => sealBallot(sodium, keys.publicKey, { nonce, choices }, 256)
  const said = { village: '7', commitment: toHex(commitment('auyl', nonce, 'general:a1')) }
  expect(open(box('general:a1'), said)).toMatchObject({ ok: true })
  expect(open(box('general:a2'), said)).toEqual({ ok: false, problem: 'commitment' })
  const elsewhere = { ...said, commitment: toHex(commitment('auyl', other, 'general:a1')) }
  expect(open(box('general:a1'), elsewhere)).toEqual({ ok: false, problem: 'commitment' })
})
