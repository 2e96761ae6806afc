// dauys verify-receipt: whether a receipt is one that the log's key signed. Needs no database and no network.
import type { Command } from 'commander'
import { checkReceiptText, type ReceiptFault } from '../core/audit/receipt-text.ts'
import { readVerifierKey } from '../core/audit/checkpoint.ts'
import { toHex } from '../core/bytes.ts'
import { formatReceiptNumber } from '../core/audit/receipt.ts'
import type { Key } from '../i18n.ts'
import { verify } from '../sealing/sign.ts'
import { loadSodium } from '../sealing/sodium.ts'
import type { Parts } from './acting.ts'
import { readText } from './files.ts'
import { refused } from './refused.ts'

export function addVerifyReceiptCommand(program: Command, parts: Parts): void {
  const { t } = parts
  program
    .command('verify-receipt')
    .description(t('cli.help-receipt'))
    .argument('[file]', t('cli.help-receipt-file'), '-')
    .requiredOption('--key <key>', t('cli.help-receipt-key'))
    .action(async (file: string, { key }: { key: string }) => {
      if (!readVerifierKey(key.trim()).ok) throw refused('cli.receipt-key')
      const sodium = await loadSodium()
      const checked = checkReceiptText(await readText(file), key, (bytes, signature, publicKey) =>
        verify(sodium, bytes, signature, publicKey),
      )
      if (!checked.ok) throw refused(FAULTS[checked.problem.kind])
      const { number, cycle, leaf, at } = checked.value
      parts.say(t('cli.receipt-holds', { number: formatReceiptNumber(number), cycle, at, leaf: toHex(leaf) }))
      parts.say(t('cli.receipt-proof'))
    })
}

const FAULTS = {
  'not-a-receipt': 'cli.receipt-not-a-receipt',
  number: 'cli.receipt-number',
  'number-of-another': 'cli.receipt-number-of-another',
  statement: 'cli.receipt-statement',
  key: 'cli.receipt-key-damaged',
  'other-key': 'cli.receipt-other-key',
  'other-log': 'cli.receipt-other-log',
  'other-signer': 'cli.receipt-other-signer',
  signature: 'cli.receipt-signature',
} satisfies Record<ReceiptFault['kind'], Key>
