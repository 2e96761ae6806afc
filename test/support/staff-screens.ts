// The buttons of officials, read off the modules that hold them, and whatever the bot said to somebody in one act.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ButtonType } from '../../src/bot/callback.ts'
import type { TestBot } from './bot.ts'
import type { Person } from './person.ts'

const BOT = fileURLToPath(new URL('../../src/bot/', import.meta.url))

export interface NamedButton {
  name: string
  type: ButtonType<Record<string, string | number>>
}

/** What the buttons of these features begin with → the button. */
export async function buttonsOf(features: readonly string[]): Promise<Map<string, NamedButton>> {
  const found = new Map<string, NamedButton>()
  for (const feature of features)
    for (const file of readdirSync(`${BOT}${feature}`)) {
      const module = (await import(`${BOT}${feature}/${file}`)) as Record<string, unknown>
      for (const [name, value] of Object.entries(module))
        if (isButton(value)) found.set(value.action, { name, type: value })
    }
  return found
}

/** Which state of a thing was seen: buttons that differ in it alone are one. */
const STATE = ['version', 'before', 'to', 'seen', 'round', 'page']

/** What the button is, whatever state of the thing it was shown in. */
export const kindOf = ({ type }: NamedButton, data: string): string =>
  JSON.stringify([
    type.action,
    Object.entries(type.parse(data) ?? {}).filter(([key]) => !STATE.includes(key)),
  ])

const isButton = (value: unknown): value is NamedButton['type'] =>
  typeof value === 'object' && value !== null && 'action' in value && 'pattern' in value

export const actionOf = (data: string): string => data.split(':')[0] ?? ''

export interface Said {
  /** Messages and boxes, in their order. */
  texts: string[]
  /** The data of every button that came to sight. */
  data: string[]
}

interface Call {
  n: number
  method: string
  params: { chat_id?: number | string; text?: string; caption?: string; reply_markup?: string | Markup }
}
interface Markup {
  inline_keyboard?: { callback_data?: string }[][]
}

/** What the bot said to this person while it did something. */
export async function saidTo(bot: TestBot, person: Person, act: () => Promise<unknown>): Promise<Said> {
  const calls = async (after: number) =>
    (await bot.control('GET', `calls?after=${after}`)) as unknown as Call[]
  const last = (await calls(0)).at(-1)?.n ?? 0
  await act()
  const own = (await calls(last)).filter(
    ({ method, params }) => method === 'answerCallbackQuery' || Number(params.chat_id) === person.id,
  )
  return {
    texts: own.flatMap(({ params }) => params.text ?? params.caption ?? []),
    data: own.flatMap(({ params: { reply_markup: markup } }) => {
      const read = (typeof markup === 'string' ? JSON.parse(markup) : markup) as Markup | undefined
      return (read?.inline_keyboard ?? []).flat().flatMap((one) => one.callback_data ?? [])
    }),
  }
}
