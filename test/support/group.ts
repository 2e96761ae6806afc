// A group of moderators in front of a story: who is in it, what the bot wrote there, and what a press under a card is answered.
import { inviteRoom } from '../../src/use-cases/bind-room.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { findIdea } from '../../src/use-cases/list-ideas.ts'
import { roomLink } from '../../src/words/room-link.ts'
import type { TestBot } from './bot.ts'
import { must, type SmallCycle } from './cycle.ts'
import { ideasCycle } from './ideas.ts'
import { type Chat, type ChatMessage, type Person, until } from './person.ts'

export interface GroupMessage extends ChatMessage {
  message_thread_id?: number
  reply_to_message?: { message_id: number }
}
interface GroupChat extends Omit<Chat, 'messages'> {
  messages: GroupMessage[]
  topics?: { message_thread_id?: number; id?: number; name: string }[]
  opened?: string
}

export type Group = Awaited<ReturnType<typeof openGroup>>

/** A group that `creator` made, without the bot. */
export async function openGroup(bot: TestBot, creator: Person, what: object = {}) {
  const made = { type: 'supergroup', title: 'Модераторы', creator: creator.id, ...what }
  const group = { id: Number((await bot.control('POST', 'rooms', made)).id) }

  const seenBy = async (person: Person): Promise<GroupChat> =>
    (await bot.control('GET', `people/${person.id}/chat?room=${group.id}`)) as unknown as GroupChat
  const does = async (person: Person, path: string, body: object) => {
    const answer = await bot.control('POST', `people/${person.id}/${path}`, { room: group.id, ...body })
    if (answer.error !== undefined) throw new Error(`${path}: ${JSON.stringify(answer.error)}`)
    if (typeof answer.update_id === 'number') await bot.settled(answer.update_id)
    return answer
  }
  const said = async (): Promise<GroupMessage[]> =>
    (await seenBy(creator)).messages.filter(({ from }) => from === 'bot')

  /** A message is in the group before the bot has had its answer and written down what it is. */
  const isNoted = async ({ message_id: message }: GroupMessage): Promise<boolean> => {
    const cards = await bot.app.db.sql`
      select 1 from idea_card k join moderation_room r on r.id = k.room
      where r.chat = ${group.id} and k.message = ${message} and k.claimed_until is null`
    return cards.length > 0
  }

  return {
    get id() {
      return group.id
    },
    seenBy,
    said,
    act: (name: string, body: object = {}) => bot.control('POST', `rooms/${group.id}/${name}`, body),
    /** The group becomes a supergroup. */
    async upgrades(): Promise<void> {
      group.id = Number((await bot.control('POST', `rooms/${group.id}/upgrade`)).id)
    },
    /** A person chooses this group behind a link. */
    follows: (person: Person, link: string) => does(person, 'startgroup', { link }),
    joins: (person: Person) => bot.control('POST', `rooms/${group.id}/add`, { who: person.id }),
    /** Waits for the bot's message that holds this; for a card, until the bot knows that it stands there. */
    async sees(text: string): Promise<GroupMessage> {
      let found: GroupMessage | undefined
      await until(async () => {
        found = (await said()).findLast((one) => one.text?.includes(text))
        return found !== undefined && (!found.buttons || (await isNoted(found)))
      })
      return found as GroupMessage
    },
    /** Presses a button of a message; what the person alone is told, and what it opened. */
    async press(person: Person, message: { message_id: number }, label: string) {
      const before = (await seenBy(person)).alerts.length
      await does(person, 'press', { text: label, message_id: message.message_id })
      const { alerts, opened } = await seenBy(person)
      return { alert: alerts.slice(before).at(-1)?.text, opened }
    },
    /** Callback data under a message that does not carry it. */
    pressRaw: (person: Person, message_id: number, data: string) =>
      does(person, 'press-raw', { data, message_id }),
  }
}

export type Staff = Awaited<ReturnType<typeof staffOf>>

/** Dana, an official who reads Russian, and Marat, a moderator who reads Kazakh. */
export async function staffOf(bot: TestBot) {
  const { app } = bot
  const [dana, marat] = [await bot.resident('ru'), await bot.resident('kk')]
  const official = async ({ villages }: SmallCycle, person: Person): Promise<void> => {
    for (const territory of villages)
      must(await grantRole(app, { account: person.id, role: 'official', territory }, 'command'))
  }
  const moderator = async ({ villages }: SmallCycle, person: Person, village = 0): Promise<void> => {
    const territory = villages[village] as number
    must(await grantRole(app, { account: person.id, role: 'moderator', territory }, 'command'))
  }
  const link = async ({ id }: SmallCycle, person: Person): Promise<string> =>
    roomLink(bot.username, must(await inviteRoom(app, { cycle: id, territory: null }, person.id)))
  return {
    dana,
    marat,
    official,
    moderator,
    /** What binds a group to the whole cycle, for this person. */
    link,
    /** A cycle whose group Dana bound, with Marat in it. */
    async bound(slug: string, what: object = {}): Promise<{ cycle: SmallCycle; group: Group }> {
      const cycle = await ideasCycle(app, slug)
      await official(cycle, dana)
      await moderator(cycle, marat)
      const group = await openGroup(bot, dana, { members: [marat.id], ...what })
      await group.follows(dana, await link(cycle, dana))
      await group.sees('Группа привязана')
      return { cycle, group }
    },
    stateOf: async ({ id }: SmallCycle, number: number) => (await findIdea(app, id, number))?.state,
    /** Leaves of this kind in the cycle's log. */
    async leaves({ id }: SmallCycle, kind: string): Promise<number> {
      const [row] = await app.db.sql<{ count: number }[]>`
        select count(*)::int as count from leaf where log = ${id} and kind = ${kind}`
      return row?.count ?? 0
    },
    /** Messages to single moderators that an idea of the cycle arrived. */
    async arrivals({ id }: SmallCycle): Promise<number> {
      const [row] = await app.db.sql<{ count: number }[]>`
        select count(*)::int as count from delivery where kind = 'idea-arrived' and facts ->> 'cycle' = ${String(id)}`
      return row?.count ?? 0
    },
  }
}
