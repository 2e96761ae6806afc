// What a voter does on the way to a vote, and what is to be read in a chat.
import type { Resident } from '../support/fleet.ts'

/** Telegram's HTML without its tags. */
export const plain = (html: string): string =>
  html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** Opens the ballot from the menu. */
export async function opens(person: Resident): Promise<void> {
  await person.tells('/menu')
  await person.taps(person.t('start.vote.button'))
}

/** Marks projects of `smallCycle` by their numbers on the list. */
export async function marks(person: Resident, numbers: readonly number[]): Promise<void> {
  for (const number of numbers) {
    const { text, message } = await buttonOf(person, `project ${number}`)
    await person.taps(text, message)
  }
}

/** The button of the newest message that bears this name; the ballot may still be on its way. */
async function buttonOf(person: Resident, name: string): Promise<{ text: string; message: number }> {
  const deadline = Date.now() + 15_000
  for (;;) {
    const { messages } = await person.sees()
    const { message_id, buttons } = messages.findLast(({ from }: { from: string }) => from === 'bot')
    const found = ((buttons ?? []) as { text: string }[][]).flat().find(({ text }) => text.includes(name))
    if (found) return { text: found.text, message: message_id }
    if (Date.now() > deadline) throw new Error(`no button of ${name}`)
    await new Promise((wake) => setTimeout(wake, 20))
  }
}

/** Up to the review screen: the next step is Send. */
export async function chooses(person: Resident, numbers: readonly number[]): Promise<void> {
  await opens(person)
  await marks(person, numbers)
  await person.taps(person.t('vote.review.button'))
}

/** The receipt numbers (14 digits) that stand in these texts. */
export const receiptsIn = (texts: readonly string[]): string[] =>
  texts.flatMap((text) =>
    (text.match(/\b\d{4} \d{4} \d{4} \d{2}\b/g) ?? []).map((one) => one.replaceAll(' ', '')),
  )
