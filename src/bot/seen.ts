// What a person has before them: which presses a typed word may mean there. Kept without any text of the screen, in the session store.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { foldLetters } from '../core/text.ts'
import { ofPerson, type Session } from '../session/session.ts'
import { sendButton } from './buttons.ts'
import { safe, type Screen } from './message.ts'
import type { Watcher } from './speaker.ts'

const WEEK = 7 * 24 * 3600

const schema = z.object({
  /** What a word is worth here: its mark, and the data of the button. */
  words: z.array(z.tuple([z.string(), z.string()])),
  /** What answers anything else. */
  other: z
    .object({
      press: z.string(),
      note: z.string(),
      location: z.literal(true).optional(),
      wordless: z.string().optional(),
    })
    .optional(),
  /** A keyboard of ours stands in place of the person's own. */
  keyboard: z.boolean(),
})
export interface InView {
  words: [string, string][]
  other?: Screen['other']
  keyboard: boolean
}

export const viewNote = (person: number | string): string => `view:${ofPerson(person)}`

/** Letters and digits alone, folded: `✅ №3 Мектеп` and `3 мектеп` are one word. */
const plainly = (text: string): string =>
  foldLetters(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const markOf = (text: string): string => {
  const known = marks.get(text)
  if (known !== undefined) return known
  const mark = createHash('sha256').update(plainly(text)).digest('base64').slice(0, 12)
  // The oldest goes: what people write must not fill the memory.
  if (marks.size >= MOST_MARKS) marks.delete(marks.keys().next().value as string)
  marks.set(text, mark)
  return mark
}
/** Labels of buttons are the same for everybody. */
const marks = new Map<string, string>()
const MOST_MARKS = 2_000

/** Undefined after a flush, and where nothing with buttons was shown. */
export async function readInView(session: Session, person: number): Promise<InView | undefined> {
  const read = schema.safeParse(await session.note(viewNote(person)))
  return read.success ? (read.data as InView) : undefined
}

export const noteInView = (session: Session, person: number, view: InView): Promise<void> =>
  session.setNote(viewNote(person), view, WEEK)

/** A label counts whole, and by the number that it begins with. A vote is never sent by a word. */
export function viewOf(screen: Screen): InView {
  const words: [string, string][] = []
  for (const button of screen.buttons?.flat() ?? []) {
    if (!('callback_data' in button) || sendButton.pattern.test(button.callback_data)) continue
    words.push([markOf(button.text), button.callback_data])
    const number = /^\P{L}*№\s*(\d+)/u.exec(button.text)?.[1]
    if (number) words.push([markOf(number), button.callback_data])
  }
  return { words, ...(screen.other ? { other: screen.other } : {}), keyboard: keyboardOf(screen) }
}

const keyboardOf = ({ keyboard }: Screen): boolean => keyboard !== undefined && 'keyboard' in keyboard

/** The button that one of these texts stands for, as the person sees it. */
export function pressMeant(view: InView, texts: readonly string[]): string | undefined {
  for (const text of texts) {
    if (plainly(text) === '') continue
    const mark = markOf(text)
    const found = view.words.find(([word]) => word === mark)
    if (found) return found[1]
  }
  return undefined
}

/** Whether a text is one of these words, however they are written. */
export const isOneOf = (text: string, words: readonly string[]): boolean =>
  plainly(text) !== '' && words.some((word) => plainly(word) === plainly(text))

/**
 * Notes each screen that has buttons or a keyboard, and takes a keyboard away before the next screen comes: Telegram does that only with
 * a message, which goes at once.
 */
export function watcherOf(session: Session, person: number, gone: string): Watcher {
  return {
    async before(screen, api, chat) {
      if (screen.keyboard || !(await readInView(session, person))?.keyboard) return
      await safe(async () => {
        const message = await api.sendMessage(chat, gone, { reply_markup: { remove_keyboard: true } })
        await api.deleteMessage(chat, message.message_id)
      })
    },
    async after(screen) {
      if (screen.buttons || screen.keyboard) await noteInView(session, person, viewOf(screen))
    },
  }
}
