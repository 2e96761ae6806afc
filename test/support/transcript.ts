// What a person reads and does in a story, in the order in which it happened: the way a conversation looks to them.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ChatMessage, type Person, until } from './person.ts'

export interface Line {
  /** `act`: what a person does. `person`: what they sent. `screen`: the bot's, new or drawn anew. */
  kind: 'act' | 'person' | 'screen'
  message: number
  text: string
  buttons: string[]
}

export type Transcript = ReturnType<typeof transcriptOf>

/** Every message of a chat from now on, each time it changes, as `note` is called behind what happened. */
export function transcriptOf(person: Person) {
  const lines: Line[] = []
  const seen = new Map<number, string>()
  const note = async (): Promise<void> => {
    await person.refresh()
    for (const message of person.chat().messages) {
      const signature = JSON.stringify(message)
      if (seen.get(message.message_id) === signature) continue
      seen.set(message.message_id, signature)
      lines.push(lineOf(message))
    }
  }
  const does = async (what: string, act: (person: Person) => Promise<unknown>): Promise<void> => {
    await note()
    const before = lines.length
    await act(person)
    lines.splice(before, 0, { kind: 'act', message: 0, text: what, buttons: [] })
    await note()
  }
  return {
    lines,
    /** Notes what came since then. */
    note,
    does,
    taps: (label: string | RegExp) => does(`[${String(label)}]`, () => person.taps(label)),
    /** A button of this very message. */
    tapsUnder: ({ message }: Line, label: string) =>
      does(`[${label}] #${message}`, (one) => one.taps(label, { message_id: message })),
    says: (text: string) => does(text, () => person.says(text)),
    /** Waits until the bot said this since the story began; the newest screen that does. */
    async reads(text: string): Promise<Line> {
      let found: Line | undefined
      await until(async () => {
        await note()
        found = lines.findLast((one) => one.kind === 'screen' && one.text.includes(plain(text)))
        return found !== undefined
      })
      return found as Line
    },
    /** What the bot cost its reader from this line on: messages, and words on every screen, buttons too. */
    costSince(from: number): { messages: number; words: number } {
      const screens = lines.slice(from).filter(({ kind }) => kind === 'screen')
      const words = screens.flatMap(({ text, buttons }) => [text, ...buttons].join(' ').match(WORD) ?? [])
      return { messages: new Set(screens.map(({ message }) => message)).size, words: words.length }
    },
    /** Messages that answer no act, as they came: they begin with the name of the vote. */
    notices: (vote: string): Line[] =>
      lines.filter(
        ({ kind, message, text }, at) =>
          kind === 'screen' &&
          text.startsWith(`${vote} · `) &&
          lines.findIndex((one) => one.message === message) === at,
      ),
    asText: (): string =>
      lines
        .map(({ kind, message, text, buttons }) =>
          kind === 'act'
            ? `\n> ${text}`
            : `\n#${message} ${text}${buttons.length > 0 ? `\n   ${buttons.map((one) => `[${one}]`).join(' ')}` : ''}`,
        )
        .join('\n'),
  }
}

/** As it is read: what never breaks looks like any space. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

const WORD = /[\p{L}\p{N}]+(?:[-’][\p{L}\p{N}]+)*/gu

const lineOf = ({ message_id, from, text, caption, photo, voice, buttons = [] }: ChatMessage): Line => ({
  kind: from === 'bot' ? 'screen' : 'person',
  message: message_id,
  text: [plain(text ?? caption ?? ''), ...(photo ? ['(photo)'] : []), ...(voice ? ['(voice)'] : [])]
    .filter(Boolean)
    .join(' '),
  buttons: buttons.flat().map((button) => button.text),
})

/** Into the folder that `DAUYS_TRANSCRIPTS` names, to be read by a person; nowhere without it. */
export async function keepTranscripts(of: Record<string, Transcript>): Promise<void> {
  const folder = process.env.DAUYS_TRANSCRIPTS
  if (!folder) return
  await mkdir(folder, { recursive: true })
  for (const [name, transcript] of Object.entries(of))
    await writeFile(join(folder, `${name}.txt`), transcript.asText())
}
