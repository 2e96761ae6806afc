// dauys verify-receipt: a voter's own text and the published key, on any computer.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'
import { verifierKey } from '../../src/core/audit/checkpoint.ts'
import { formatReceiptNumber, receiptNumber, receiptStatement } from '../../src/core/audit/receipt.ts'
import { receiptText } from '../../src/core/audit/receipt-text.ts'
import { createI18n } from '../../src/i18n.ts'
import { sign, signKeys } from '../../src/sealing/sign.ts'
import { loadSodium } from '../../src/sealing/sodium.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'dauys-receipt-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'receipt.txt')

const sodium = await loadSodium()
const { publicKey, privateKey } = signKeys(sodium, new Uint8Array(32).fill(4))
const origin = 'dauys.example/aiagoz'
const promised = { cycle: 'aiagoz', leaf: new Uint8Array(32).fill(7), at: '2026-03-05T09:02:11.123Z' }
const text = receiptText(
  promised,
  { origin, publicKey },
  sign(sodium, receiptStatement(promised), privateKey),
)
const key = verifierKey(origin, publicKey)

async function verifies(receipt: string, ...words: string[]): Promise<string> {
  writeFileSync(file, receipt)
  const lines: string[] = []
  const outside = {
    textsOf: createI18n(),
    data: folder,
    dir: folder,
    media: mediaFolder(folder),
    say: (line: string) => void lines.push(line),
    migrate: () => Promise.reject(new Error('a database was opened')),
    run: () => Promise.reject(new Error('a database was opened')),
  }
  await runCommand(outside, ['verify-receipt', file, ...words])
  return lines.join('\n')
}

test('a receipt that the log signed holds', async () => {
  const number = formatReceiptNumber(receiptNumber(promised.leaf))
  const line = `The receipt ${number} holds: aiagoz, ${promised.at}, fingerprint ${'07'.repeat(32)}.`
  expect(await verifies(text, '--key', key)).toContain(line)
})

test('another second, another key, no key at all: refused in a line that says why', async () => {
  const late = text.replace('02:11.123', '02:12.123')
  await expect(verifies(late, '--key', key)).rejects.toThrow('STOP: the signature does not hold')
  const other = verifierKey(origin, signKeys(sodium, new Uint8Array(32)).publicKey)
  await expect(verifies(text, '--key', other)).rejects.toThrow('names another key')
  await expect(verifies(text, '--key', 'aiagoz')).rejects.toThrow('no verifier key')
  await expect(verifies(text)).rejects.toThrow('The option --key <key>')
})
