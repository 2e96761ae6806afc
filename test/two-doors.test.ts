// Every act of staff has two doors: a button in Telegram and a command, over the same use case. What has one is listed here, with why.
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readTree } from './support/source.ts'
import { staffActs } from './support/staff-doors.ts'

const src = await readTree(fileURLToPath(new URL('../src/', import.meta.url)), ['.ts'])
const acts = staffActs(src)

/** Rolls, printed cards and what only key holders or observers may open never travel through Telegram. */
const COMMAND_FOR_GOOD = ['addWitness', 'importRoll', 'openTests', 'readTestBallots']
/** A choice is made on a phone and passes no command line. A second official answers from their own chat, a group is bound from within it, and a channel where the bot becomes its administrator; what asks for that has both doors. */
const CHAT_FOR_GOOD = ['bindChannel', 'bindRoom', 'confirmAct', 'openAssist']
/** Looks before a button asks for words; the act itself has both doors. */
const LOOKS = [
  'grantsUnder',
  'liveNumbers',
  'mayDecide',
  'ownCycles',
  'previewKeys',
  'previewReissue',
  'reportableCycles',
  'signalCycles',
]

const names = (some: typeof acts): string[] => some.map(({ name }) => name)

test('the acts of staff are found in the source, with their doors', () => {
  expect(acts.length).toBeGreaterThan(15)
  expect(acts.find(({ name }) => name === 'decideIdea')).toMatchObject({
    chat: expect.arrayContaining(['bot/moderation/feature.ts']),
    command: ['cli/ideas.ts'],
  })
})

test('whatever has one door is listed, and nothing that has two', () => {
  const commandOnly = names(acts.filter(({ chat }) => chat.length === 0))
  expect(commandOnly).toEqual(COMMAND_FOR_GOOD)
  const chatOnly = names(acts.filter(({ command }) => command.length === 0))
  expect(chatOnly).toEqual([...CHAT_FOR_GOOD, ...LOOKS].toSorted())
})

test('an act with one door that is on no list is seen', () => {
  const planted = new Map(src)
  planted.set('use-cases/planted.ts', 'export const planted = (tx: Tx) => mayAct(tx)\n')
  planted.set('cli/planted.ts', "import { planted } from '../use-cases/planted.ts'\n")
  expect(names(staffActs(planted))).toEqual([...names(acts), 'planted'].toSorted())
})
