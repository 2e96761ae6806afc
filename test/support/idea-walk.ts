// The way through the questions of an idea, as a person of the sandbox goes it.
import type { Key } from '../../src/i18n.ts'
import { type Idea, listOwnIdeas } from '../../src/use-cases/list-ideas.ts'
import type { TestBot } from './bot.ts'
import type { SmallCycle } from './cycle.ts'
import { lamp } from './ideas.ts'
import { type Person, until } from './person.ts'

const LANGUAGES = { kk: 'Қазақша', ru: 'Русский', en: 'English' } as const
type Language = keyof typeof LANGUAGES

/** Title, why, and where. */
export const WORDS = {
  kk: [lamp.title as string, lamp.body as string, lamp.landmark as string],
  ru: [
    'Фонарь на улице школы',
    'Зимой дети идут в школу в темноте, нет ни одного фонаря.',
    'возле школы имени Абая',
  ],
  en: [
    'A lamp in the street of the school',
    'In winter the children walk to school in the dark, there is no lamp at all.',
    'next to the Abai school',
  ],
} as const satisfies Record<Language, readonly [string, string, string]>

export const ORDER = ['category', 'title', 'text', 'place', 'photos', 'cost', 'preview'] as const
export type Question = (typeof ORDER)[number]

/** What each question says. */
export const ASKED: Record<Question, Key> = {
  category: 'ideas.ask-category',
  title: 'ideas.ask-title',
  text: 'ideas.ask-text',
  place: 'ideas.ask-place',
  photos: 'ideas.ask-photos',
  cost: 'ideas.ask-cost',
  preview: 'ideas.preview',
}

export const fromBot = (ann: Person) => ann.chat().messages.filter(({ from }) => from === 'bot')

/** Until the newest message says so; for what an album is answered with. */
export const says = (ann: Person, text: string): Promise<void> =>
  until(async () => {
    await ann.refresh()
    return ann.chat().messages.at(-1)?.text?.includes(text) === true
  })

export type IdeaWalk = ReturnType<typeof ideaWalk>

/** People of this bot before the ideas of this cycle. */
export function ideaWalk(bot: TestBot, cycle: SmallCycle) {
  const own = ({ id }: Person): Promise<Idea[]> => listOwnIdeas(bot.app, id)

  async function resident(locale: Language = 'kk', village = 0): Promise<Person> {
    const ann = await bot.person({ language_code: locale })
    await ann.says(`/start v_${cycle.villages[village]}`)
    await ann.taps(LANGUAGES[locale])
    return ann
  }

  async function answers(ann: Person, question: Question, locale: Language = 'kk'): Promise<void> {
    const t = bot.textsOf(locale)
    const [title, body, landmark] = WORDS[locale]
    const acts: Record<Question, () => Promise<unknown>> = {
      category: () => ann.taps(t('discover.category-street_lighting')),
      title: () => ann.says(title),
      text: () => ann.says(body),
      place: () => ann.says(landmark),
      photos: () => ann.taps(t('ideas.skip.button')),
      cost: async () => {
        await ann.taps(t('ideas.skip.button'))
        await differs(ann, locale)
      },
      preview: () => ann.taps(t('ideas.send.button')),
    }
    await acts[question]()
  }

  /** Theirs is another one than what others sent before, where they are asked. */
  async function differs(ann: Person, locale: Language = 'kk'): Promise<void> {
    const different = bot.textsOf(locale)('ideas.different.button')
    if (ann.hasButton(different)) await ann.taps(different)
  }

  /** Before a question, everything before it answered. */
  async function reaches(question: Question, locale: Language = 'kk'): Promise<Person> {
    const ann = await resident(locale)
    const t = bot.textsOf(locale)
    await ann.taps(t('ideas.submit.button'))
    await ann.taps(t('common.yes.button'))
    for (const before of ORDER.slice(0, ORDER.indexOf(question))) await answers(ann, before, locale)
    await ann.sees(t(ASKED[question], { most: 5 }))
    return ann
  }

  return { own, resident, answers, differs, reaches }
}
