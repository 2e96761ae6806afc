// dauys verify-receipt: whether a receipt is one that the log's key signed. Needs no database and no network.
import type { Command } from 'commander'
import { checkReceiptText, type ReceiptFault } from '../core/audit/receipt-text.ts'
import { readVerifierKey } from '../core/audit/checkpoint.ts'
import { toHex } from '../core/bytes.ts'
import { formatReceiptNumber } from '../core/audit/receipt.ts'
import { verify } from '../sealing/sign.ts'
import { loadSodium } from '../sealing/sodium.ts'
import { type Parts, refusal } from './acting.ts'
import { readText } from './files.ts'

export function addVerifyReceiptCommand(program: Command, parts: Parts): void {
  program
    .command('verify-receipt')
    .description('check a receipt, as "Copy receipt" gives it, against the published key of its log')
    .argument('[file]', 'the text of the receipt; without it, or with -, standard input', '-')
    .requiredOption('--key <key>', 'the verifier key from a poster, a card or /open/<cycle>/key')
    .action(async (file: string, { key }: { key: string }) => {
      if (!readVerifierKey(key.trim()).ok) throw refusal('--key is no verifier key: name+8 digits+base64')
      const sodium = await loadSodium()
      const checked = checkReceiptText(await readText(file), key, (bytes, signature, publicKey) =>
        verify(sodium, bytes, signature, publicKey),
      )
      if (!checked.ok) throw refusal(faultLine(checked.problem))
      const { number, cycle, leaf, at } = checked.value
      parts.say(`The receipt ${formatReceiptNumber(number)} holds: ${cycle}, ${at}, leaf ${toHex(leaf)}.`)
      parts.say('The log must have held this leaf a minute later. If it does not, this text is the proof.')
    })
}

function faultLine({ kind }: ReceiptFault): string {
  switch (kind) {
    case 'not-a-receipt':
      return 'this is not the text of a receipt: number, key, an empty line, four lines, an empty line, a signature'
    case 'number':
      return 'a digit of the receipt number is wrong'
    case 'number-of-another':
      return 'the number is not the one of the signed leaf'
    case 'statement':
      return 'the signed words are not those of a receipt'
    case 'key':
      return 'the key in the receipt is damaged'
    case 'other-key':
      return 'the receipt names another key than the one given'
    case 'other-log':
      return 'the key belongs to the log of another vote'
    case 'other-signer':
      return 'the signature is of another key'
    case 'signature':
      return 'STOP: the signature does not hold: the log did not sign these words'
  }
}
