// The public pages of a vote, as a reader's phone, a messenger and an observer get them: before, during and after the count.
import { rm } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { count } from '../../src/core/counting/index.ts'
import { electionOf } from '../../src/core/formats/pabulib/election.ts'
import { isCycleName } from '../../src/core/cycle.ts'
import { createI18n } from '../../src/i18n.ts'
import { addWorkPhoto, keepMilestone } from '../../src/use-cases/keep-work.ts'
import { readReport } from '../../src/use-cases/read-report.ts'
import { readWork, readWorks } from '../../src/use-cases/read-works.ts'
import { sayBuilt } from '../../src/use-cases/say-built.ts'
import type { Page } from '../../src/web/page.ts'
import { openPages } from '../../src/web/pages.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import { type TestApp, testApp } from '../support/app.ts'
import type { BotCycle } from '../support/bot-cycle.ts'
import { letClose, must } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { jpegWithPosition } from '../support/pictures.ts'
import { read as readVillage } from '../support/village-file.ts'
import { castAll, closeAndCount, HOSTILE, largeVote, publish, putPhoto } from './village.ts'

const PUBLIC = 'https://dauys.example'
const LARGEST = 50_000

let app: TestApp
let cycle: BotCycle
let folder: string
let serve: ReturnType<typeof openPages>
beforeAll(async () => {
  app = await testApp('open-pages')
  cycle = await largeVote(app)
  folder = await putPhoto(app, cycle)
  serve = openPages({
    app,
    textsOf: createI18n(),
    bot: 'dauys_bot',
    publicUrl: PUBLIC,
    copies: mediaFolder(folder),
  })
}, 60_000)
afterAll(async () => {
  await app.done()
  await rm(folder, { recursive: true })
})

const ask = (path: string, lang = 'ru', query = ''): Promise<Page> =>
  serve({ method: 'GET', path, query: new URLSearchParams(query), acceptLanguage: lang })
const read = async (path: string, lang?: string, query?: string) =>
  String((await ask(path, lang, query)).body)
const village = (at: number) => `auyl/${cycle.villages[at]?.territory}`
/** Past what is kept: a second of the pages' clock is not waited for. */
let later = 0
const anew = () => app.setClock(new Date(Date.now() + ++later * 3_600_000))

test('no village can be called like what a log has: villages are numbers, and a vote may not take those names', async () => {
  for (const name of ['key', 'checkpoint', 'checkpoints', 'tile', 'bundle'])
    expect(isCycleName(name), name).toBe(false)
  for (const path of [
    'auyl/bundle',
    'auyl/0',
    'auyl/01',
    'auyl/abc',
    'auyl/',
    `${village(0)}/`,
    'nowhere',
    'installation',
  ])
    expect([path, (await ask(path)).status]).toEqual([path, 404])
})

describe('while people vote', () => {
  test('a vote, a village and a project are told in the language that the browser asks for, or the reader', async () => {
    expect(await read('auyl', 'kk')).toContain('Дауыс беру жабылады')
    expect(await read('auyl', 'ru')).toMatch(/<span class="soft">Проектов: \d+\. Бюджет: [\d\u00a0]+\u00a0₸/)
    expect(await read('auyl', 'ru')).toContain('<html lang="ru')
    const own = await read('auyl', 'ru', 'lang=en')
    expect(own).toContain('Voting closes')
    expect(own).toContain(`/open/${village(0)}?lang=en`)
    const page = await read(village(0))
    for (const part of ['Маканчи', 'Акимат, кабинет', '98 765 432', 't.me/dauys_bot?start=v_'])
      expect(page.replaceAll('\u00a0', ' '), part).toContain(part)
    const project = await read(`${village(0)}/1`)
    expect(project.replaceAll('\u00a0', ' ')).toContain('12 456 789')
    expect(project).toContain('/photo/1"')
    expect(await read(village(2))).toContain('Здесь проектов пока нет')
  })

  test('whatever stands in a title is text, and a page may run nothing', async () => {
    for (const path of [village(0), `${village(0)}/2`]) {
      const page = await ask(path)
      expect(String(page.body)).not.toContain('<script')
      expect(String(page.body)).toContain('&lt;script&gt;')
      expect(page.policy).toContain("default-src 'none'; img-src 'self' data:; style-src 'sha256-")
      expect(page.policy).not.toContain('unsafe')
    }
    expect(HOSTILE).toContain('<script>')
  })

  test('a messenger finds title, line and picture', async () => {
    const page = await read(village(0))
    expect(page).toContain('<meta property="og:title" content="Бюджет села">')
    expect(page.replaceAll('\u00a0', ' ')).toMatch(
      /og:description" content="Маканчи, .* Проекты: 40\. Бюджет: 98 765 432 ₸"/,
    )
    expect(page).toContain(`<meta property="og:image" content="${PUBLIC}/open/${village(0)}/share-ru.png">`)
    const picture = await ask(`${village(0)}/share-ru.png`)
    expect([picture.status, picture.type]).toEqual([200, 'image/png'])
    expect((await ask(`${village(0)}/share-xx.png`)).status).toBe(404)
  })

  test('a page is small, kept, and not sent twice', async () => {
    for (const path of ['auyl', village(0), village(1), village(2), `${village(0)}/1`])
      for (const lang of ['kk', 'ru', 'en']) {
        const page = await ask(path, lang)
        expect(Buffer.byteLength(page.body), `${path} ${lang}`).toBeLessThan(LARGEST)
      }
    const known = await ask(village(0))
    const times: number[] = []
    for (let at = 0; at < 50; at++) {
      const from = performance.now()
      const again = await serve({
        method: 'GET',
        path: village(0),
        query: new URLSearchParams(),
        acceptLanguage: 'ru',
        ifNoneMatch: known.etag,
      })
      times.push(performance.now() - from)
      expect([again.status, again.body]).toEqual([304, ''])
    }
    expect(times.toSorted((a, b) => a - b)[25]).toBeLessThan(20)
  })

  test('a photo comes from our copy, by what it is; what is no photo is not there', async () => {
    const photo = await ask(`${village(0)}/1/photo/1`)
    expect([photo.status, photo.type]).toEqual([200, 'image/png'])
    for (const path of ['1/photo/2', '2/photo/1', '1/photo/0', '1/photo/../x'])
      expect((await ask(`${village(0)}/${path}`)).status, path).toBe(404)
  })
})

test('of a count that is not published nothing stands on any page, nor in any file', async () => {
  await castAll(app, cycle)
  await letClose(app, cycle.id)
  anew()
  const before = await Promise.all([village(0), village(1), `${village(0)}/1`].map((path) => read(path)))
  await closeAndCount(app, cycle)
  anew()
  const after = await Promise.all([village(0), village(1), `${village(0)}/1`].map((path) => read(path)))
  const stage = /<p>Этап: [^<]*<\/p>/
  expect(after.map((page) => page.replace(stage, ''))).toEqual(before.map((page) => page.replace(stage, '')))
  for (const page of after) expect(page).not.toContain('<h2>Итоги</h2>')
  for (const name of ['general-ru.csv', 'general.json', 'general-ru.pb', 'general-ru.png'])
    expect((await ask(`${village(0)}/${name}`)).status, name).toBe(404)
}, 60_000)

describe('once the result is published', () => {
  beforeAll(async () => {
    await publish(app, cycle)
    anew()
  }, 60_000)

  test('the page says who won, how it was counted, and is still small', async () => {
    for (const lang of ['kk', 'ru', 'en']) {
      const page = await ask(village(0), lang)
      expect(Buffer.byteLength(page.body), lang).toBeLessThan(LARGEST)
    }
    const page = await read(village(0))
    for (const part of [
      '<h2>Итоги</h2>',
      'Проголосовало: 30 из 42',
      'Прошедшие проекты',
      '<details>',
      'general-ru.pb',
    ])
      expect(page.replaceAll('\u00a0', ' '), part).toContain(part)
    expect(page).toContain(`${PUBLIC}/open/${village(0)}/general-ru.png`)
    expect(await read(`${village(0)}/1`)).toMatch(/№\u00a01 прошёл|№\u00a01 не прошёл/)
  })

  test('a village of three voters has its totals and its winners, and no votes by project', async () => {
    const page = await read(village(1))
    expect(page).toContain('Голосов меньше 10')
    expect(page).not.toContain('<details>')
    expect(page).not.toMatch(/\d+\u00a0голос/)
    const csv = await read(`${village(1)}/general-ru.csv`)
    expect(csv.split('\r\n')[0]).not.toContain('Голос')
    expect(JSON.parse(await read(`${village(1)}/general.json`))).not.toHaveProperty('votes')
    for (const name of ['general-ru.pb', 'general-ru.png'])
      expect((await ask(`${village(1)}/${name}`)).status, name).toBe(404)
  })

  test('anybody counts the published ballots again and gets the published result', async () => {
    const file = readVillage(await read(`${village(0)}/general-ru.pb`))
    const told = JSON.parse(await read(`${village(0)}/general.json`)) as {
      winners: string[]
      votes: { id: string; votes: number }[]
      rule: Parameters<typeof count>[1]
    }
    const again = count(electionOf(file), told.rule, new Uint8Array())
    const votes = (all: readonly { id: string; votes: number }[]) =>
      all.map(({ id, votes: own }) => `${id} ${own}`).toSorted()
    expect(votes(again.votes)).toEqual(votes(told.votes))
    expect([...file.votes].length).toBe(30)
    expect(told.winners.length).toBeGreaterThan(0)
  })

  test('a work stands on its village and its project with milestones, photos of officials, and what residents say', async () => {
    const [work] = await readWorks(app, cycle.id, cycle.villages[0]?.territory)
    if (!work) throw new Error('a winner is built')
    const { number, territory } = work
    const at = { cycle: cycle.id, territory, number }
    const keeper = { by: 'command' } as const
    const well = { name: { kk: '<Құдық>', ru: '<Скважина>' }, planned: '2026-01-05' }
    must(await keepMilestone(app, at, { ...well, actual: '2026-01-04', cost: 12_000_000 }, keeper))
    must(await keepMilestone(app, at, { ...well, name: { kk: 'Қоршау', ru: 'Забор' } }, keeper))
    const photo = { bytes: jpegWithPosition().jpeg, store: mediaFolder(folder) }
    must(await addWorkPhoto(app, { ...at, milestone: 1 }, photo, 'command'))
    must(await sayBuilt(app, at, undefined, keeper))
    anew()
    const page = (await read(`${village(0)}/${number}`)).replaceAll('\u00a0', ' ')
    for (const part of [
      '&lt;Скважина&gt;',
      'Забор',
      'срок прошёл',
      '12 000 000',
      'построено, спрашиваем жителей',
    ])
      expect(page, part).toContain(part)
    const [, address = ''] = /src="\/open\/([^"]*\/work\/\d+)"/.exec(page) ?? []
    const shown = await ask(address)
    expect([shown.status, shown.type]).toEqual([200, 'image/jpeg'])
    expect(Buffer.from(shown.body as Uint8Array).equals(jpegWithPosition().plain)).toBe(true)
    expect((await ask(`${village(0)}/${number}/work/999999`)).status).toBe(404)
    expect((await ask(address.replace(`/${number}/work`, `/${number + 1}/work`))).status).toBe(404)

    const { round } = (await readWork(app, at))?.rounds.at(-1) ?? {}
    await unguarded(
      app.db,
      (sql) => sql`
        with said as (insert into work_answer (cycle, project, round, roll_row, accepted, shown)
          select ${cycle.id}, ${work.project}, ${round ?? 0}, r.id, false, true from roll_row r
          where r.cycle = ${cycle.id} and r.territory = ${territory} order by r.id limit 2 returning id)
        insert into work_photo (answer, file_id, unique_id, copy)
          select id, 'f' || id, 'u' || id, id || '-0123456789ab.jpg' from said`,
    )
    anew()
    expect(await read(village(0))).toContain('жители говорят: не так, как обещали')
    const disputed = await read(`${village(0)}/${number}`)
    expect(disputed).toContain('Не так, как обещали, с фотографией: 2')
    expect(disputed.match(/\/work\/\d+"/g)).toHaveLength(1)
  })

  test('the report counts what of it was reached, in time, and what is late', async () => {
    const { villages } = must(await readReport(app, cycle.id, 'command'))
    const own = villages.find(({ territory }) => territory === cycle.villages[0]?.territory)
    expect(own?.works).toEqual({ planned: 2, reached: 1, onTime: 1, late: 1 })
  })
})
