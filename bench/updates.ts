// Updates as Telegram posts them, of people in private chats.

let last = Math.floor(Date.now() / 1000)

const personOf = (id: number) => ({
  id,
  is_bot: false,
  first_name: 'Voter',
  last_name: 'Voterov',
  username: `voter${id}`,
  language_code: 'kk',
})
const chatOf = (id: number) => ({ id, type: 'private', first_name: 'Voter', last_name: 'Voterov' })

/** A press on a button of message 77, as a JSON text. */
export function pressOf(account: number, data: string): string {
  const id = ++last
  const keyboard = [[{ text: 'Send', callback_data: data }], [{ text: 'Menu', callback_data: 'mn' }]]
  return JSON.stringify({
    update_id: id,
    callback_query: {
      id: `${account}${id}`,
      from: personOf(account),
      message: {
        message_id: 77,
        from: { id: 1, is_bot: true, first_name: 'Stub', username: 'stub_bot' },
        chat: chatOf(account),
        date: 1_700_000_000,
        text: '№ 17. Playground on Abay street\nCost: 12 500 000 ₸\nMarked: 4 of 5',
        reply_markup: { inline_keyboard: keyboard },
      },
      chat_instance: '-123456789012345',
      data,
    },
  })
}

/** A command, as a JSON text. */
export function commandOf(account: number, text: string): string {
  const id = ++last
  return JSON.stringify({
    update_id: id,
    message: {
      message_id: id % 1_000_000,
      from: personOf(account),
      chat: chatOf(account),
      date: 1_700_000_000,
      text,
      entities: [{ type: 'bot_command', offset: 0, length: text.length }],
    },
  })
}
