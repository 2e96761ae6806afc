// What is wrong with a log, as the command line says it: a sentence each, ten at most, in the language of the reader.
import { expect, test } from 'vitest'
import { spoken } from '../../src/cli/refused.ts'
import { readingRefusal } from '../../src/cli/tell-fault.ts'
import { faultSentences } from '../../src/words/fault.ts'
import { createI18n } from '../../src/i18n.ts'

const textsOf = createI18n()
const en = textsOf('en')

test('each fault is a sentence, after ten the others are counted, those that were not listed too', () => {
  const missing = (seq: number) => ({ kind: 'ballot-missing', seq }) as const
  expect(faultSentences(en, [missing(7)])).toEqual(['the ballot of act 7 is missing'])
  const many = Array.from({ length: 50 }, (_, seq) => missing(seq))
  const told = faultSentences(en, [...many, { kind: 'more', of: 'ballot-missing', count: 30 }])
  expect([told.length, told.at(-1)]).toEqual([11, 'and 70 more'])
})

test('a refusal says what was not done and whom to call, and knows the phases by name', () => {
  const refusal = readingRefusal(
    {
      kind: 'log',
      faults: [
        { kind: 'frozen', what: 'rules' },
        { kind: 'phase', stored: 'voting', logged: 'counting' },
      ],
    },
    'cli.nothing-counted',
  )
  expect((spoken(en, refusal) as Error).message.split('\n')).toEqual([
    'STOP: the database does not hold what the log says, nothing was counted. Call the auditors:',
    '  the rules, lists or budgets are not the ones that were frozen at the opening',
    '  the cycle is stored in phase “voting”, the log has it in “counting”',
  ])
  expect((spoken(textsOf('ru'), refusal) as Error).message).toContain(
    'в базе: «голосование», в журнале: «подсчёт»',
  )
})

test('where only summary fingerprints are wrong, the remedy is named', () => {
  const refusal = readingRefusal(
    { kind: 'log', faults: [{ kind: 'tile', level: 0, index: 3 }] },
    'cli.nothing-counted',
  )
  expect((spoken(en, refusal) as Error).message.split('\n  ').slice(1)).toEqual([
    'the subtree hashes of the log were changed (level 0, tile 3)',
    'Subtree hashes are made anew from the acts: dauys log mend-tiles --log N, with the number of the cycle.',
  ])
})
