// A cycle for the stories told through the chat: villages with okrug and district, projects in three languages, cards in hand.
import { onePot, type PotBudget } from '../../src/core/pot.ts'
import type { Localised } from '../../src/core/localised.ts'
import { insertTerritory } from '../../src/store/territories.ts'
import type { App } from '../../src/use-cases/app.ts'
import { createCycle } from '../../src/use-cases/create-cycle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import type { NewCycle, NewProject } from '../../src/use-cases/new-cycle.ts'
import { demoProjects } from './app.ts'
import { cards, type EnvelopeCard } from './cards.ts'
import { day, must, openVoting } from './cycle.ts'

export interface VillageWish {
  name: Localised
  /** How many projects of the demo stand on its list. */
  projects: number
  /** Cards handed over; 12 unless told. None where the cycle verifies by contact. */
  cards?: number
  budget?: number
  /** In place of the budget. */
  pots?: PotBudget[]
  /** Changes the nth project (from 1). */
  edit?: (project: NewProject, number: number) => Partial<NewProject>
}

export interface CycleWish extends Partial<Omit<NewCycle, 'territories' | 'projects'>> {
  villages?: readonly VillageWish[]
  /** Where it stands; voting unless told. */
  phase?: 'announced' | 'voting'
}

export interface BotVillage {
  territory: number
  name: Localised
  okrug: Localised
  /** Handed over: what people hold in their envelopes. */
  cards: EnvelopeCard[]
  projects: NewProject[]
}

export interface BotCycle {
  id: number
  slug: string
  villages: [BotVillage, ...BotVillage[]]
}

export const MAKANSHY: Localised = { kk: 'Мақаншы', ru: 'Маканчи', en: 'Makanshy' }
export const ULYTAU: Localised = { kk: 'Ұлытау', ru: 'Улытау', en: 'Ulytau' }
export const BESTEREK: Localised = { kk: 'Бестерек', ru: 'Бестерек', en: 'Besterek' }

/** The first village has room 1. */
const deskOf = (room: number) => ({
  place: { kk: `Әкімдік, ${room}-бөлме`, ru: `Акимат, кабинет ${room}`, en: `Akimat, room ${room}` },
  hours: '9:00–18:00',
  phone: `+7 700 000 00 0${room}`,
})
const USUAL: readonly VillageWish[] = [
  { name: MAKANSHY, projects: 10 },
  { name: ULYTAU, projects: 4 },
  { name: BESTEREK, projects: 0 },
]

/** Makes it, brings it to its phase, and hands the cards over. */
export async function botCycle(app: App, wish: CycleWish = {}): Promise<BotCycle> {
  const { villages: wanted = USUAL, phase = 'voting', ...rest } = wish
  const slug = rest.slug ?? 'auyl'
  const titles = await demoProjects()
  const villages: BotVillage[] = []
  for (const one of wanted) {
    const made = await newPlace(app, one.name)
    const projects = Array.from({ length: one.projects }, (_, at): NewProject => {
      const project = projectOf(titles[at % titles.length], Math.floor(at / titles.length) + 1)
      const id = `${made.territory}p${at + 1}`
      const plain = { ...project, id, territory: made.territory }
      return { ...plain, ...one.edit?.(plain, at + 1) }
    })
    villages.push({ ...made, name: one.name, cards: [], projects })
  }
  const voting = phase === 'voting' ? -1 : 1
  const id = must(
    await createCycle(
      app,
      {
        slug,
        title: { kk: 'Ауыл бюджеті', ru: 'Бюджет села', en: 'The village budget' },
        profile: 'advisory',
        trial: true,
        timeline: { announced: day(-2), voting: day(voting), counting: day(13), results: day(15) },
        ...rest,
        territories: villages.map(({ territory }, at) => ({
          territory,
          pots: wanted[at]?.pots ?? onePot(wanted[at]?.budget ?? 15_000_000),
          desk: deskOf(at + 1),
        })),
        projects: villages.flatMap(({ projects }) => projects),
      },
      'command',
    ),
  )
  if (phase === 'voting') await openVoting(app, id)
  else must(await movePhase(app, id, { by: 'command' }))
  if (rest.terms?.method !== 'contact')
    for (const [at, village] of villages.entries())
      village.cards = await cards(app, id, village.territory, wanted[at]?.cards ?? 12)
  const [first, ...others] = villages
  if (!first) throw new Error('a cycle needs a village')
  return { id, slug, villages: [first, ...others] }
}

type Demo = Awaited<ReturnType<typeof demoProjects>>[number]

/** `round`: beyond the last project of the demo they come again, as a second stage. */
function projectOf(demo: Demo | undefined, round: number): Omit<NewProject, 'id' | 'territory'> {
  if (!demo) throw new Error('the demo has no projects')
  const { kk, ru, en } = demo.title
  const title =
    round === 1
      ? demo.title
      : { kk: `${kk}, ${round}-кезең`, ru: `${ru}, этап ${round}`, en: `${en}, stage ${round}` }
  return { title, category: demo.category, cost: demo.cost, lat: demo.lat, lon: demo.lon }
}

async function newPlace(app: App, name: Localised): Promise<{ territory: number; okrug: Localised }> {
  const district = { kk: 'Мақаншы ауданы', ru: 'Маканчинский район', en: 'Makanshy district' }
  const okrug = {
    kk: `${name.kk} ауылдық округі`,
    ru: `${name.ru} сельский округ`,
    en: `${name.en} rural okrug`,
  }
  const orm = app.db
  const top = await insertTerritory(orm, { level: 1, kind: 'district', name: district })
  const middle = await insertTerritory(orm, { level: 2, kind: 'rural_okrug', name: okrug, parent: top })
  const place = { level: 3, kind: 'village', name, parent: middle, lat: 46.79, lon: 82.02 }
  return { territory: await insertTerritory(orm, place), okrug }
}
