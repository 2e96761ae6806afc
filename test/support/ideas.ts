// A cycle that asks for ideas, and people who write them, for stories.
import { upsertAccount } from '../../src/store/accounts.ts'
import type { App } from '../../src/use-cases/app.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { sendIdea } from '../../src/use-cases/send-idea.ts'
import { addIdeaMedia, beginIdea, type Written, writeIdea } from '../../src/use-cases/write-idea.ts'
import { PIXEL } from './person.ts'
import { begins, day, must, type SmallCycle, smallCycle } from './cycle.ts'

/** Two villages that are asked for ideas since yesterday, for ten more days; a draft of it, or a practice, where that is wanted. */
export async function ideasCycle(app: App, slug: string, wanted?: 'draft' | 'practice'): Promise<SmallCycle> {
  const cycle = await smallCycle(app, slug, [[1_000_000], [1_000_000]], {
    ideaTerms: { ceiling: 5_000_000, words: ['ақмақ'] },
    timeline: { announced: day(-2), ideas: day(-1), review: day(10), voting: day(20), counting: day(30) },
    ...(wanted === 'practice' ? { profile: wanted, trial: true } : {}),
  })
  if (wanted === 'draft') return cycle
  must(await movePhase(app, cycle.id, { by: 'command' }))
  await begins(app, cycle.id, 'ideas')
  return cycle
}

/** An account at home in a village of the cycle: in the first unless told. */
export const neighbour = (
  app: App,
  account: number,
  { id: cycle, villages }: SmallCycle,
  village = 0,
  locale = 'ru',
): Promise<void> =>
  upsertAccount(app.db, account, { locale, home: { cycle, territory: villages[village] as number } })

export const lamp: Written = {
  category: 'street_lighting',
  title: 'Мектеп көшесіне шам',
  body: 'Қыста балалар мектепке қараңғыда барады, бірде-бір шам жоқ.',
  landmark: 'Абай атындағы мектептің жаны',
}

/** A draft with all that it takes. Returns its id. */
export async function draft(
  app: App,
  author: number,
  { id: cycle, villages }: SmallCycle,
  words: Written = lamp,
): Promise<number> {
  await upsertAccount(app.db, author, {})
  const territory = villages[0] as number
  const { id } = must(await beginIdea(app, author, { cycle, territory, locale: 'kk' }))
  must(await writeIdea(app, author, id, words))
  return id
}

/** Written and sent. Returns id and number. */
export async function sentIdea(
  app: App,
  author: number,
  cycle: SmallCycle,
  words: Written = lamp,
): Promise<{ id: number; number: number }> {
  const id = await draft(app, author, cycle, words)
  return { id, number: must(await sendIdea(app, author, id)).number }
}

export const photo = (n: number) => ({
  kind: 'photo' as const,
  message: n,
  fileId: `file-${n}`,
  uniqueId: `unique-${n}`,
  bytes: 90_000,
})

export const addPhoto = (app: App, author: number, id: number, n: number) =>
  addIdeaMedia(app, author, id, photo(n))

/** A picture unlike the others, for a person of the sandbox. */
export const picture = (n: number): string =>
  Buffer.concat([Buffer.from(PIXEL, 'base64'), Buffer.from(`picture ${n}`)]).toString('base64')
