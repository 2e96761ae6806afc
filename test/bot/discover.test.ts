// Finding a project among 54: an order of one's own, search, filter, near me, the card, sharing, and buttons of yesterday.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCycle } from '../../src/use-cases/create-cycle.ts'
import type { NewCycle } from '../../src/use-cases/new-cycle.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { BESTEREK, botCycle, MAKANSHY, ULYTAU } from '../support/bot-cycle.ts'
import { day, editProject, must, openVoting } from '../support/cycle.ts'
import type { Person } from '../support/person.ts'

const WITHDRAWN = 3
const TOO_DEAR = 5

let bot: TestBot
let media: string
beforeAll(async () => {
  media = await mkdtemp(join(tmpdir(), 'dauys-media-'))
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  await writeFile(join(media, 'lamp.png'), Buffer.from(pixel, 'base64'))
  const edit = (_: unknown, number: number) => ({
    ...(number === WITHDRAWN ? { withdrawn: true } : {}),
    ...(number === TOO_DEAR ? { cost: 20_000_000 } : {}),
  })
  bot = await startBot({
    seed: 'discover',
    mediaFolder: media,
    cycle: {
      villages: [
        { name: MAKANSHY, projects: 54, edit },
        { name: ULYTAU, projects: 4 },
        { name: BESTEREK, projects: 0 },
      ],
    },
  })
  const ids = bot.cycle.villages[0].projects.map(({ id }) => id)
  await editProject(bot.app.db, ids[0] as string, `photo = 'lamp.png'`)
  await editProject(bot.app.db, ids[1] as string, `photo = 'lost.png', voice = 'lost.oga'`)
})
afterAll(async () => {
  await bot.stop()
  await rm(media, { recursive: true })
})

/** Numbers of the projects on the screen, in their order. */
const numbersOn = (person: Person): number[] =>
  [...person.screen().text.matchAll(/^№\s(\d+)\./gm)].map(([, number]) => Number(number))
/** Walks through all pages of the list. */
async function pages(person: Person): Promise<number[][]> {
  await person.says('/menu')
  await person.taps('Проекты')
  const seen = [numbersOn(person)]
  while (person.screen().buttons.flat().includes('Следующая')) {
    await person.taps('Следующая')
    seen.push(numbersOn(person))
  }
  return seen
}
const card = async (person: Person, number: number): Promise<void> => {
  const { territory } = bot.cycle.villages[0]
  await person.says(`/start p_${bot.cycle.id}_${territory}_${number}`)
}

test('54 projects stand on 9 pages, each once, in an order of one’s own that stays', async () => {
  const [aigul, serik] = await Promise.all([bot.resident('ru'), bot.resident('ru')])
  const [first, other] = await Promise.all([pages(aigul), pages(serik)])
  expect(first).toHaveLength(9)
  expect(first.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 54 }, (_, at) => at + 1))
  expect(new Set(other.flat()).size).toBe(54)
  expect(other.flat()).not.toEqual(first.flat())
  expect(await pages(aigul)).toEqual(first)
})

test('two people who page at the same time never disturb each other', async () => {
  const people = await Promise.all([bot.resident('ru'), bot.resident('ru')])
  const alone = [await pages(people[0]), await pages(people[1])]
  expect(await Promise.all(people.map(pages))).toEqual(alone)
})

test('Kazakh typed on a Russian keyboard is found; what is not there is said', async () => {
  const olzhas = await bot.resident('kk')
  await olzhas.taps('Жобалар')
  await olzhas.taps('Іздеу')
  await olzhas.says('КОШЕГЕ жарык')
  await olzhas.sees('Іздеу: «КОШЕГЕ жарык»')
  expect(olzhas.screen().text).toContain('екі көшеге жарықдиодты шам')
  await olzhas.taps('Іздеу')
  await olzhas.says('мұнай')
  await olzhas.sees('Ештеңе табылмады')
  await olzhas.taps('Барлығы')
  await olzhas.sees(/Бет: 1 \/ 9/)
})

test('a search that finds many shows twelve and says how many there are', async () => {
  const olzhas = await bot.resident('kk')
  await olzhas.taps('Жобалар')
  await olzhas.taps('Іздеу')
  await olzhas.says('а')
  const { text } = await olzhas.sees(/Табылғаны: \d+, көрсетілгені: 12/)
  expect(numbersOn(olzhas)).toHaveLength(12)
  expect(text).not.toContain('Бет:')
})

test('a search of 101 letters is answered with what is accepted, and may be tried again', async () => {
  const olzhas = await bot.resident('ru')
  await olzhas.taps('Проекты')
  await olzhas.taps('Поиск')
  await olzhas.says('я'.repeat(101))
  await olzhas.sees('не больше 100 знаков')
  await olzhas.says('площадка')
  await olzhas.sees('Поиск: «площадка»')
})

test('a filter shows one kind only, page after page, and All shows everything again', async () => {
  const dana = await bot.resident('ru')
  await dana.taps('Проекты')
  await dana.taps('Фильтр')
  await dana.taps('Уличное освещение')
  await dana.sees('Вид: Уличное освещение')
  const titles = new Map(bot.cycle.villages[0].projects.map((one, at) => [at + 1, one.category]))
  for (;;) {
    for (const number of numbersOn(dana)) expect(titles.get(number)).toBe('street_lighting')
    if (!dana.screen().buttons.flat().includes('Следующая')) break
    await dana.taps('Следующая')
  }
  await dana.taps('Фильтр')
  await dana.taps('Все')
  await dana.sees('Страница 1 из 9')
})

test('near me sorts by the way from where one stands, in one message, and the keyboard is gone', async () => {
  const askar = await bot.resident('ru')
  await askar.taps('Проекты')
  await askar.taps('Рядом')
  await askar.sees('Отправьте геопозицию')
  await askar.taps('Отправить геопозицию', { location: { latitude: 46.789, longitude: 82.0195 } })
  const [list] = askar.heard()
  expect([askar.heard().length, askar.chat().keyboard]).toEqual([1, undefined])
  expect(list?.text).toContain('Ближайшие проекты')
  const found = [...(list?.text ?? '').matchAll(/([\d\s,]+)\sкм$/gm)].map(([, km = '']) => km)
  const ways = found.map((km) => Number(km.replace(/\s/g, '').replace(',', '.')))
  expect(ways).toHaveLength(6)
  expect(ways).toEqual(ways.toSorted((a, b) => a - b))
  expect(ways[0]).toBeLessThan(1)
})

test('whoever does not want to say where they are goes back to the menu', async () => {
  const askar = await bot.resident('ru')
  await askar.taps('Проекты')
  await askar.taps('Рядом')
  await askar.taps('Отмена')
  await askar.sees('Этап: голосование')
})

test('the card has cost, share and place; its pin lies on the map', async () => {
  const gulnar = await bot.resident('ru')
  await card(gulnar, 1)
  const first = bot.cycle.villages[0].projects[0]
  const share = Math.round(((first?.cost ?? 0) * 100) / 15_000_000)
  await gulnar.sees(new RegExp(`№\\s1\\. ${first?.title.ru}[^]*Стоимость: .*, ${share}\\s% бюджета`))
  await gulnar.taps('На карте')
  expect(gulnar.chat().messages.at(-1)?.location).toEqual({ latitude: first?.lat, longitude: first?.lon })
})

test('a photo comes when it is asked for; one that is missing is said to be', async () => {
  const gulnar = await bot.resident('ru')
  await card(gulnar, 1)
  await gulnar.taps('Фото')
  expect(gulnar.chat().messages.at(-1)?.photo).toBeDefined()
  await card(gulnar, 2)
  await gulnar.taps('Фото')
  expect(gulnar.alert()).toBe('У этого проекта нет фото.')
  await gulnar.taps('Послушать')
  expect(gulnar.alert()).toBe('У этого проекта нет голосового сообщения.')
  await card(gulnar, 4)
  expect(gulnar.screen().buttons.flat()).not.toContain('Фото')
})

test('a shared project is plain text with a link, and lands in a chat without an echo', async () => {
  const zhanar = await bot.resident('kk')
  await card(zhanar, 4)
  const { query } = await zhanar.taps('Бөлісу')
  const { query_id, results } = (await zhanar.inline(query ?? '')) as {
    query_id: string
    results: { id: string; input_message_content: { message_text: string; parse_mode?: string } }[]
  }
  const shared = results[0]?.input_message_content
  const fourth = bot.cycle.villages[0].projects[3]
  const link = `https://t.me/${bot.username}?start=p_${bot.cycle.id}_${fourth?.territory}_4`
  expect(shared?.message_text.split('\n')).toEqual([
    'ЖАТТЫҒУ. Бұл шын дауыс беру емес, қорытындысы есептелмейді.',
    fourth?.title.kk,
    'Мақаншы, Мақаншы ауылдық округі, Мақаншы ауданы',
    expect.stringMatching(/^Құны: [\d\s]+₸$/),
    `Көру және дауыс беру: ${link}`,
  ])
  expect(shared?.parse_mode).toBeUndefined()
  const before = zhanar.messages()
  await zhanar.chooses(query_id, results[0]?.id ?? '')
  expect(zhanar.chat().messages.at(-1)?.via_bot).toBe(true)
  expect(zhanar.messages()).toBe(before + 1)
})

test('typing words after the bot’s name finds projects of one’s own village', async () => {
  const zhanar = await bot.resident('kk')
  const { results } = (await zhanar.inline('арык')) as { results: { title: string }[] }
  expect(results.map(({ title }) => title)).toContain('Көктем алдында арықтарды тазалау')
  expect(await (await bot.person()).inline('арык')).toMatchObject({ results: [] })
})

test('a village where nothing was proposed says so, and lets nobody mark anything', async () => {
  const [, , besterek] = bot.cycle.villages
  const marat = await bot.resident('ru', besterek)
  await marat.sees('Проектов здесь пока нет')
  await marat.taps('Проекты')
  await marat.sees('Здесь проектов пока нет.')
  await marat.taps('Меню')
  expect(marat.hasButton('Голосовать')).toBe(false)
  await marat.says(bot.envelope(besterek).code)
  await marat.sees(/Подтверждено. Село: Бестерек[^]*Здесь нет проектов для голосования./)
})

test('a withdrawn project and one that costs more than there is say so; the withdrawn one is not on the ballot', async () => {
  const saule = await bot.resident('ru')
  await card(saule, WITHDRAWN)
  await saule.sees('Этот проект снят и пройти не может.')
  await card(saule, TOO_DEAR)
  await saule.sees(/Стоимость: 20\s000\s000\s₸\. Это больше бюджета: 15\s000\s000\s₸/)
  await saule.says(bot.envelope().code)
  const offered: string[] = []
  for (;;) {
    offered.push(
      ...saule
        .screen()
        .buttons.flat()
        .filter((label) => label.startsWith('▫️')),
    )
    if (!saule.screen().buttons.flat().includes('Следующая')) break
    await saule.taps('Следующая')
  }
  expect(offered).toHaveLength(53)
  expect(offered.filter((label) => label.startsWith(`▫️ №\u00a0${WITHDRAWN}. `))).toEqual([])
})

test('when a newer vote has begun, buttons of the old one are out of date, and the menu is the new one', async () => {
  const old = await botCycle(bot.app, { slug: 'old', villages: [{ name: ULYTAU, projects: 4, cards: 1 }] })
  const [{ territory, projects }] = old.villages
  const batima = await bot.resident('ru', old.villages[0])
  await batima.taps('Проекты')
  const list = batima.screen().id
  await batima.says('/menu')
  await batima.taps('Проекты')
  await batima.taps(/^№\s1\. /)
  await bot.close(old.id)
  await bot.publish(old.id)
  const wanted: NewCycle = {
    slug: 'newer',
    title: ULYTAU,
    profile: 'advisory',
    trial: true,
    timeline: { announced: day(-1), voting: day(0), counting: day(9) },
    territories: [{ territory, budget: 1_000_000 }],
    projects: projects.slice(0, 1).map((one) => ({ ...one, id: 'only' })),
  }
  const newer = must(await createCycle(bot.app, wanted, 'command'))
  await openVoting(bot.app, newer)
  for (const [label, message_id] of [[/^№\s2\. /, list] as const, ['К списку', undefined] as const]) {
    await batima.taps(label, message_id === undefined ? {} : { message_id })
    expect(batima.alert()).toBe('Эта кнопка устарела. Откройте список.')
  }
  await batima.says('/start')
  await batima.sees(/Проектов: 1\. Бюджет: 1\s000\s000\s₸/)
})

test('buttons of a village that never was, and torn ones, are out of date', async () => {
  const stranger = await bot.resident('en')
  const { territory } = bot.cycle.villages[0]
  for (const data of [
    'dl:zzzz:1:0:0',
    'dk:1:1',
    'dl:',
    'pl:1:zzzzz',
    'zz:1',
    'dk:zzzzzzz:1:1:1:0:',
    'dw:1:1:\u0007',
    '\u0000',
    'dm:1:1:1',
  ]) {
    await stranger.pressesRaw(data)
    expect(stranger.alert(), data).toBe('This button is out of date. Open the list.')
  }
  await stranger.pressesRaw(`dl:${bot.cycle.id.toString(36)}:${territory.toString(36)}:zzz:0`)
  await stranger.sees('Page 9 of 9')
})
