// Two key holders open a test before voting may: an official gets the test as a file and enters the code that was in it.
import { InputFile } from 'grammy'
import type { Message } from 'grammy/types'
import { foldCode, isCode } from '../../core/formats/held-keys.ts'
import type { Key } from '../../i18n.ts'
import { enterRehearsal, rehearsal } from '../../use-cases/key-holders.ts'
import { readCeremony } from '../../use-cases/read-ceremony.ts'
import { once } from '../once.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { noted, type Talk } from '../talk.ts'
import { askCodeButton } from './buttons.ts'
import { backToCeremony, refuse, whileOpen } from './ceremony.ts'
import * as keys from './keys-view.ts'
import { holdsShare, takeAway } from './share-file.ts'
import { withCourse } from './show.ts'

interface Of {
  cycle: number
}

/** Each box is another, with the same code in it: to send one again changes nothing. */
export const sendTest = (parts: FeatureParts, talk: Talk, { cycle }: Of): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    const made = await rehearsal(parts.app, cycle, talk.who.id)
    if (!made.ok) return refuse(parts, talk, cycle, made.problem)
    await once(parts, talk, `keys-test:${cycle}`, async () => {
      const { t, speak } = talk
      const caption = keys.testCaption(t, course.cycle)
      speak.also((api, chat) =>
        api.sendDocument(chat, new InputFile(Buffer.from(made.value), 'test.json'), { caption }),
      )
      const stands = await readCeremony(parts.app, course.cycle)
      speak.send(keys.ceremonyScreen(t, course.cycle, stands))
    })
  })

export const askCode = (parts: FeatureParts, talk: Talk, { cycle }: Of): Promise<void> =>
  ask(parts, talk, cycle)

/** `note`: HTML, on top, where there is still something to write. */
const ask = (parts: FeatureParts, talk: Talk, cycle: number, note?: string): Promise<void> =>
  whileOpen(parts, talk, cycle, async (course) => {
    const { held } = await readCeremony(parts.app, course.cycle)
    if (!held) return refuse(parts, talk, cycle, { kind: 'no-keys' })
    await expect(parts, talk.who.id, { kind: 'keys-code', cycle })
    const { t, speak } = note === undefined ? talk : noted(talk, note)
    speak.show(keys.askCodeScreen(t, course.cycle))
  })

/** A wrong code is asked for again: the key and its test stay as they are. */
export async function takeCode(
  parts: FeatureParts,
  talk: Talk,
  { cycle }: Of,
  message: Message,
): Promise<boolean> {
  const again = async (note: Key): Promise<true> => {
    talk.speak.drawnBy(askCodeButton.pack({ cycle }))
    await ask(parts, talk, cycle, talk.t.html(note))
    return true
  }
  if (holdsShare(message)) {
    takeAway(talk, message)
    return again('manage.keys-secret')
  }
  const code = foldCode(message.text ?? '')
  if (!isCode(code)) return again('manage.code-form')
  const done = await enterRehearsal(parts.app, cycle, code, talk.who.id)
  if (done.ok) {
    const said = done.value.already ? 'manage.code-before' : 'manage.code-done'
    await backToCeremony(parts, talk, cycle, talk.t.html(said))
    return true
  }
  if (done.problem.kind === 'wrong-code') return again('manage.code-wrong')
  await refuse(parts, talk, cycle, done.problem)
  return true
}
