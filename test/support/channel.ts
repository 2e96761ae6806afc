// A Telegram channel in front of a story: who administers it, and what the bot posted there.
import type { TestBot } from './bot.ts'
import type { Chat, ChatMessage, Person } from './person.ts'

export type Channel = Awaited<ReturnType<typeof openChannel>>

/** A channel that `creator` made, without the bot. */
export async function openChannel(bot: TestBot, creator: Person, title = 'Жаңалықтар') {
  const made = await bot.control('POST', 'rooms', { type: 'channel', title, creator: creator.id })
  return openChannel.at(bot, creator, Number(made.id))
}

/** A channel that is there already, as one of its readers sees it. */
openChannel.at = async (bot: TestBot, reader: Person, id: number) => ({
  id,
  /** `add`, `promote` …; what Telegram tells the bot of it was heard when this resolves. */
  async act(name: string, body: object = {}): Promise<void> {
    const answer = await bot.control('POST', `rooms/${id}/${name}`, body)
    if (answer.error !== undefined) throw new Error(`${name}: ${JSON.stringify(answer.error)}`)
    if (typeof answer.update_id === 'number') await bot.settled(answer.update_id)
  },
  /** A person chooses this channel behind a link. */
  async follow(person: Person, link: string): Promise<void> {
    const answer = await bot.control('POST', `people/${person.id}/startgroup`, { room: id, link })
    if (answer.error !== undefined) throw new Error(`startgroup: ${JSON.stringify(answer.error)}`)
  },
  async posts(): Promise<ChatMessage[]> {
    const chat = (await bot.control('GET', `people/${reader.id}/chat?room=${id}`)) as unknown as Chat
    return chat.messages.filter(({ from }) => from === 'bot')
  },
})
