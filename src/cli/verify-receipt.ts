// dauys verify-receipt: whether a receipt is one that the log's key signed. Needs no database and no network.
import type { Command } from 'commander'
import { checkReceiptText } from '../core/audit/receipt-text.ts'
import { readVerifierKey } from '../core/audit/checkpoint.ts'
import { verify } from '../sealing/sign.ts'
import { loadSodium } from '../sealing/sodium.ts'
import { RECEIPT_FAULTS, receiptLines } from '../words/receipt-lines.ts'
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
      if (!checked.ok) throw refused(RECEIPT_FAULTS[checked.problem.kind])
      for (const line of receiptLines(t, checked.value)) parts.say(line)
    })
}
