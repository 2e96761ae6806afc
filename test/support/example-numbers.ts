// Whether a number that a text shows as an example would be taken by the program itself.
import { readReceiptNumber } from '../../src/core/audit/receipt.ts'
import { readCardCode } from '../../src/core/person.ts'

/** The kind of the refusal; undefined: it is as long as a card's or a receipt's number, and its check digits hold. */
export function digitsProblem(example: string): string | undefined {
  const read = example.replace(/\D/g, '').length === 14 ? readReceiptNumber(example) : readCardCode(example)
  return read.ok ? undefined : read.problem.kind
}
