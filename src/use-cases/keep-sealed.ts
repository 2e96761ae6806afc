// What a person entered and is not done with, kept where others may look: sealed to the program's own key, and bound to the account.
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from '../core/bytes.ts'
import { open, seal } from '../sealing/sealed-box.ts'
import type { App } from './app.ts'

/** More than a card's link and the longest account; every box is as long as the next. */
const SIZE = 80

const bound = (account: number): string => `dauys-kept-v1 ${account} `

/** Seals a code, half a code or a link of this account. RangeError for more than fits: about 50 characters unless told. */
export const keepSealed = ({ sodium, secrets }: App, account: number, text: string, size = SIZE): string =>
  toBase64Url(seal(sodium, secrets.importKeys.publicKey, utf8(bound(account) + text), size))

/** Opens what `keepSealed` made for the same account; undefined for anything else. */
export function openSealed(
  { sodium, secrets }: App,
  account: number,
  sealed: string,
  size = SIZE,
): string | undefined {
  const box = fromBase64Url(sealed)
  const opened = box && open(sodium, secrets.importKeys, box, size)
  if (!opened?.ok) return undefined
  const text = fromUtf8(opened.value)
  return text?.startsWith(bound(account)) ? text.slice(bound(account).length) : undefined
}
