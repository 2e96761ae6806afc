// What an observer does: hold a bundle, or a receipt, against the key that hung on the poster.
import { readVerifierKey } from '../core/audit/checkpoint.ts'
import { checkReceiptText } from '../core/audit/receipt-text.ts'
import { verifyBundle } from '../core/bundle/verify-bundle.ts'
import { fromUtf8 } from '../core/bytes.ts'
import { verify } from '../sealing/sign.ts'
import { loadSodium } from '../sealing/sodium.ts'
import { checkLines } from '../words/checks.ts'
import { RECEIPT_FAULTS, receiptLines } from '../words/receipt-lines.ts'
import { failing, holding, type Work } from './work.ts'

/** As `dauys verify`. */
export const checkBundle: Work = async ({ texts, files }, t) => {
  const sodium = await loadSodium()
  const known = files.checkpoint ? [fromUtf8(files.checkpoint.bytes) ?? ''] : []
  const verified = verifyBundle(files.bundle?.bytes ?? new Uint8Array(), {
    known,
    ...(texts.key === undefined ? {} : { key: texts.key }),
    verify: (said, signature, publicKey) => verify(sodium, said, signature, publicKey),
  })
  const lines = checkLines(t, verified)
  if (!verified.holds) return failing([t('cli.verify-fails'), ...lines])
  return holding([t('cli.verify-holds', { cycle: verified.facts.cycle }), ...lines])
}

/** As `dauys verify-receipt`. */
export const checkReceipt: Work = async ({ texts: { receipt = '', key = '' } }, t) => {
  if (!readVerifierKey(key).ok) return failing([t('kit.no-key')])
  const sodium = await loadSodium()
  const checked = checkReceiptText(receipt, key, (bytes, signature, publicKey) =>
    verify(sodium, bytes, signature, publicKey),
  )
  return checked.ok
    ? holding(receiptLines(t, checked.value))
    : failing([t(RECEIPT_FAULTS[checked.problem.kind])])
}
