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
  /** What to mark, in this order: number on the list, and the title it must have. */
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

const LANGUAGES = { kk: 'Қазақша', ru: 'Русский', en: 'English' } as const

/** Throws Stuck with what the person saw last. `words`: the texts of the language the voter chooses. */
export async function vote(control: Control, voter: Voter, words: T): Promise<Voted> {
  const { locale } = words
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
  await person.taps(LANGUAGES[locale], 'the menu', shows(voteButton))
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

/** `▫️ № 5 Playground …` → 5. */
const numberOf = (label: string): number | undefined => {
  const found = /^\S* ?№ ?(\d+) /u.exec(`${label} `)?.[1]
  return found === undefined ? undefined : Number(found)
}
const labelOf = (screen: Screen, number: number): string | undefined =>
  screen.labels.find((label) => numberOf(label) === number)
/** The numbers that stand at the beginnings of lines: `№ 5. Playground`. */
const numbersIn = (text: string): number[] =>
  [...text.matchAll(/^№ ?(\d+)/gmu)].map((found) => Number(found[1]))

async function mark(person: Person, ballot: Screen, choices: Voter['ballot'], words: T): Promise<void> {
  const pages = new Map<number, number>()
  let page = 0
  let screen = ballot
  for (const { number, title } of choices) {
    for (let turns = 0; labelOf(screen, number) === undefined; turns++) {
      for (const label of screen.labels) {
        const shown = numberOf(label)
        if (shown !== undefined) pages.set(shown, page)
      }
      const step = turn(screen, pages.get(number), page, words)
      if (!step || turns > 1000) throw new Stuck(`project № ${number} is nowhere on the list`)
      const before = screen
      screen = await person.taps(step.label, 'another page of the list', (seen) =>
        samePage(seen, before) ? undefined : seen,
      )
      page += step.by
    }
    const label = labelOf(screen, number) ?? ''
    if (!fits(label, title)) throw new Stuck(`№ ${number} is another project on the list than in the file`)
    screen = await person.taps(label, `the mark on № ${number}`, (seen) => {
      const now = labelOf(seen, number)
      return now !== undefined && now !== label ? seen : undefined
    })
  }
}

/** Where to turn for a project: to the page where it was seen, else to where the list goes on. */
function turn(
  screen: Screen,
  seenOn: number | undefined,
  page: number,
  words: T,
): { label: string; by: 1 | -1 } | undefined {
  const by = seenOn !== undefined && seenOn < page ? -1 : 1
  const label = words(by === 1 ? 'common.next.button' : 'common.previous.button')
  return screen.labels.includes(label) ? { label, by } : undefined
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
  return plain(title).startsWith(plain(label.replace(/^\S* ?№ ?\d+ /u, '')).slice(0, 24))
}

function checkReview(screen: Screen, choices: Voter['ballot']): void {
  const sorted = (numbers: number[]) => numbers.toSorted((a, b) => a - b).join()
  if (sorted(numbersIn(screen.text)) !== sorted(choices.map(({ number }) => number)))
    throw new Stuck('the review lists other projects than were marked')
}
