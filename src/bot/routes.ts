// Where a button or a command of a person's own chat leads: looked up by its name, however many features there are.
import type { Context } from 'grammy'
import type { Message } from 'grammy/types'
import type { Talk } from './talk.ts'

export interface Routes {
  /** By the action of the button, with its whole data. */
  buttons: Map<string, (talk: Talk, data: string) => Promise<unknown>>
  /** By the name of the command, with what stands behind it. */
  commands: Map<string, (talk: Talk, rest: string) => Promise<unknown>>
}

export const noRoutes = (): Routes => ({ buttons: new Map(), commands: new Map() })

/** Throws where the name leads somewhere already: one of the two would never be asked. */
export function route<V>(routes: Map<string, V>, name: string, to: V): void {
  if (routes.has(name)) throw new Error(`two features listen to ${name}`)
  routes.set(name, to)
}

/** What handles this update, if it is a press or a command that somebody listens to. */
export function routed(
  { buttons, commands }: Routes,
  { callbackQuery, message, me }: Context,
): ((talk: Talk) => Promise<unknown>) | undefined {
  const data = callbackQuery?.data
  if (data !== undefined) {
    const end = data.indexOf(':')
    const handle = buttons.get(end < 0 ? data : data.slice(0, end))
    return handle && ((talk) => handle(talk, data))
  }
  const written = message && commandIn(message, me.username)
  const handle = written && commands.get(written.name)
  return handle && ((talk) => handle(talk, written.rest))
}

/** The command that a message begins with, unless it is meant for another bot. */
function commandIn(
  { text, entities }: Message,
  username: string,
): { name: string; rest: string } | undefined {
  const command = entities?.find(({ type, offset }) => type === 'bot_command' && offset === 0)
  if (!command || text === undefined) return undefined
  const [name = '', target] = text.slice(1, command.length).split('@')
  if (target !== undefined && target.toLowerCase() !== username.toLowerCase()) return undefined
  return { name, rest: text.slice(command.length).trimStart() }
}
