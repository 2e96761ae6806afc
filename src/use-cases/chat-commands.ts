// Which commands Telegram offers in the chats of people who hold a role: what should be, and what was told.
import { type ChatCommands, chatsWithCommands, noteToldCommands } from '../store/chat-commands.ts'
import type { App } from './app.ts'
import { allLoggedGrants } from './logged-grants.ts'

export type { ChatCommands }

/** Everybody who holds a role, and everybody whose chat was told commands of its own. A role that no leaf gave offers none. */
export async function listChatCommands(app: App): Promise<ChatCommands[]> {
  const chats = await chatsWithCommands(app.db)
  if (chats.length === 0) return []
  const grants = await allLoggedGrants(app, app.db)
  const held = new Set(grants.map(({ account, role }) => `${account} ${role}`))
  return chats.map((chat) => ({
    ...chat,
    roles: chat.roles.filter((role) => held.has(`${chat.account} ${role}`)),
  }))
}

/** Remembers what Telegram was told (undefined: the commands of everybody); false where the account is gone. */
export const noteChatCommands = (app: App, account: number, told: string | undefined): Promise<boolean> =>
  noteToldCommands(app.db, account, told)
