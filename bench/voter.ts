// One voter from the link on the poster to the receipt, by what the screen shows and nothing else.
import type { T } from '../src/i18n.ts'
import { type Control, arrive, type Person, type Screen, Stuck } from './person.ts'

export interface Voter {
  id: number
  name: string
  /** Payload of the village's link. */
  link: string
  /** As printed on the card, with spaces. */
  code: string
  /** What to mark: number on the list, and the title it must have. */
  ballot: readonly { number: number; title: string }[]
}

export interface Voted {
  receipt: string
  /** Updates the voter caused. */
  acts: number
  /** Messages of either side in the chat, from /start to the receipt. */
  messages: number
  /** Milliseconds from Send to the receipt on the screen. */
  sendMs: number
}

/** Throws Stuck with what the person saw last. `words`: the texts of the language the voter chooses. */
export async function vote(control: Control, voter: Voter, words: T): Promise<Voted> {
  const { locale, language } = words
  const person = await arrive(
    control,
    { id: voter.id, first_name: voter.name, language_code: locale },
    words('common.slow-down.alert'),
  )
  const shows = (label: string) => (screen: Screen) => (screen.labels.includes(label) ? screen : undefined)
  const [voteButton, review, send] = [
    words('start.vote.button'),
    words('vote.review.button'),
    words('vote.send.button'),
  ]
  await person.says(`/start ${voter.link}`)
  await person.taps(language.name, 'the menu', shows(voteButton))
  await person.taps(voteButton, 'the question for the card', (screen) =>
    screen.labels.includes(voteButton) ? undefined : screen,
  )
  await person.says(voter.code)
  const ballot = await person.sees('the ballot', shows(review))
  await mark(person, ballot, voter.ballot, words)
  const chosen = await person.taps(review, 'the review', shows(send))
  checkReview(chosen, voter.ballot)
  const started = performance.now()
  const receipt = await person.taps(send, 'the receipt', receiptOn)
  const sendMs = performance.now() - started
  const { messages } = await person.chat()
  if (messages.some((one) => one.from === 'bot' && numbersIn(one.text ?? '').length > 0))
    throw new Stuck('the vote was sent and the chat still shows a choice')
  return { receipt, acts: person.acts(), messages: messages.length, sendMs }
}

const receiptOn = (screen: Screen): string | undefined =>
  /<code>([\d ]{14,20})<\/code>/.exec(screen.html)?.[1]?.replaceAll(' ', '')

/** `▫️ № 5. Playground …` → 5. */
const numberOf = (label: string): number | undefined => {
  const found = /^\S* ?№\s?(\d+)\b/u.exec(label)?.[1]
  return found === undefined ? undefined : Number(found)
}
const labelOf = (screen: Screen, number: number): string | undefined =>
  screen.labels.find((label) => numberOf(label) === number)
/** The numbers that stand at the beginnings of lines: `№ 5. Playground`. */
const numbersIn = (text: string): number[] =>
  [...text.matchAll(/^№\s?(\d+)/gmu)].map((found) => Number(found[1]))

/** Goes through the list page by page, as people do, and marks on each what is there, in the order of the ballot. */
async function mark(person: Person, ballot: Screen, choices: Voter['ballot'], words: T): Promise<void> {
  const next = words('common.next.button')
  let screen = ballot
  for (let left = choices; ; ) {
    for (const choice of left) screen = await markOne(person, screen, choice)
    const before = screen
    left = left.filter(({ number }) => labelOf(before, number) === undefined)
    if (left.length === 0) return
    if (!screen.labels.includes(next)) throw new Stuck(`project № ${left[0]?.number} is nowhere on the list`)
    screen = await person.taps(next, 'the next page of the list', (seen) =>
      samePage(seen, before) ? undefined : seen,
    )
  }
}

/** Presses the project's button where it is on the screen, and waits until it shows the mark. */
async function markOne(
  person: Person,
  screen: Screen,
  { number, title }: { number: number; title: string },
): Promise<Screen> {
  const label = labelOf(screen, number)
  if (label === undefined) return screen
  if (!fits(label, title)) throw new Stuck(`№ ${number} is another project on the list than in the file`)
  return person.taps(label, `the mark on № ${number}`, (seen) => {
    const now = labelOf(seen, number)
    return now !== undefined && now !== label ? seen : undefined
  })
}

const listed = (screen: Screen): string =>
  screen.labels
    .map(numberOf)
    .filter((number) => number !== undefined)
    .join()
const samePage = (a: Screen, b: Screen): boolean => listed(a) === listed(b) || listed(a) === ''

/** Is the label, which may be cut, that of the title? */
function fits(label: string, title: string): boolean {
  const plain = (text: string) => text.replace(/[\s\u2026.]+/gu, ' ').trim()
  return plain(title).startsWith(plain(label.replace(/^\S* ?№\s?\d+\.?\s/u, '')).slice(0, 24))
}

function checkReview(screen: Screen, choices: Voter['ballot']): void {
  const sorted = (numbers: number[]) => numbers.toSorted((a, b) => a - b).join()
  if (sorted(numbersIn(screen.text)) !== sorted(choices.map(({ number }) => number)))
    throw new Stuck('the review lists other projects than were marked')
}
