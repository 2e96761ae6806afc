// The whole way of an idea as its people live through it: a resident in Kazakh, two moderators and an official in Russian.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phase } from '../../src/core/cycle.ts'
import { cycleById } from '../../src/store/cycles.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { findIdea } from '../../src/use-cases/list-ideas.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { day, must } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { picture } from '../support/ideas.ts'
import { until } from '../support/person.ts'
import { isTold } from '../support/size.ts'
import { keepTranscripts, type Transcript, transcriptOf } from '../support/transcript.ts'

const goesOn = isTold('the whole way of an idea behind its sending')

let bot: TestBot
let aigul: Transcript
let serik: Transcript
let marat: Transcript
let tanya: Transcript
let dana: Transcript

beforeAll(async () => {
  bot = await startBot({
    seed: 'the whole way',
    session: 'redis',
    loops: true,
    cycle: {
      trial: false,
      phase: 'announced',
      ideaTerms: { ceiling: 5_000_000 },
      timeline: {
        announced: day(-2),
        consultation: day(-1),
        ideas: day(10),
        review: day(15),
        voting: day(20),
        counting: day(30),
      },
      villages: [{ name: MAKANSHY, projects: 2 }],
    },
  })
  await begins('consultation')
  const newcomer = (language: 'kk' | 'ru') => bot.person({ language_code: language }).then(transcriptOf)
  ;[aigul, serik] = [await newcomer('kk'), await newcomer('kk')]
  ;[marat, tanya] = [await staff('moderator'), await staff('moderator')]
  dana = await staff('official')
})
afterAll(async () => {
  if (dana) await keepTranscripts({ aigul, serik, marat, tanya, dana })
  await bot.stop()
})

async function staff(role: 'moderator' | 'official'): Promise<Transcript> {
  const person = await bot.resident('ru')
  const territory = bot.cycle.villages[0].territory
  must(await grantRole(bot.app, { account: person.id, role, territory }, 'command'))
  return transcriptOf(person)
}

/** The days go by: the phase begins now, by the clock. */
async function begins(phase: Phase): Promise<void> {
  const { id } = bot.cycle
  await unguarded(
    bot.app.db,
    (sql) =>
      sql`update phase_start set starts_at = clock_timestamp() where cycle = ${id} and phase = ${phase}`,
  )
  await until(async () => {
    await movePhase(bot.app, id, { by: 'clock' })
    return (await cycleById(bot.app.db, id))?.phase === phase
  })
}

const stateOf = async (number: number) => (await findIdea(bot.app, bot.cycle.id, number))?.state

test('a village says what it needs; a neighbour proposes something first', async () => {
  await aigul.says(`/start v_${bot.cycle.villages[0].territory}`)
  await aigul.taps('Қазақша')
  await aigul.taps('Ауылға не керек?')
  await aigul.taps('№\u00a03')
  await aigul.taps('№\u00a04')
  await aigul.reads('✅ 4. Мектепке баратын қауіпсіз жол')
  await serik.says(`/start v_${bot.cycle.villages[0].territory}`)
  await serik.taps('Қазақша')
  await begins('ideas')
  await serik.says('/menu')
  await serik.taps('Идея ұсыну')
  await serik.taps('Иә')
  await serik.taps('Көше жарығы')
  await serik.says('Мектеп көшесіне жарық')
  await serik.says('Кешке қараңғы, көрінбейді.')
  await serik.says('мектеп көшесі')
  await serik.taps('Өткізіп жіберу')
  await serik.taps('Өткізіп жіберу')
  await serik.reads('Жобалар тізімінде мұндай жоба бар:')
  await serik.taps('Менің идеям басқа')
  await serik.taps('Жіберу')
  await serik.reads('Идея жіберілді. Нөмірі: № 1')
})

test('Aigul proposes hers with a voice note and an album, sees what is like it, and sends it: 10 messages and 450 words at most', async () => {
  await aigul.says('/menu')
  const from = aigul.lines.length
  await aigul.taps('Идея ұсыну')
  await aigul.taps('Иә')
  await aigul.taps('Көше жарығы')
  await aigul.says('Мектеп көшесіне шам орнату')
  await aigul.does('sends a voice note', (person) => person.sendsVoice())
  await aigul.says('мектептің жаны')
  await aigul.does('sends an album', (person) => person.sendsAlbum([1, 2, 3].map(picture)))
  await aigul.reads('Фото: 3')
  await aigul.taps('Әрі қарай')
  await aigul.says('500 мың')
  await aigul.reads('№ 1. Мектеп көшесіне жарық')
  await aigul.taps('Менің идеям басқа')
  const preview = await aigul.reads('Идея әлі жіберілген жоқ')
  for (const part of [
    'Мектеп көшесіне шам орнату',
    'мектептің жаны',
    '500 000 ₸',
    'Фото: 3',
    'Дауыстық хабарлама бар',
  ])
    expect(preview.text).toContain(part)
  await aigul.taps('Жіберу')
  await aigul.reads('Идея жіберілді. Нөмірі: № 2')
  const cost = aigul.costSince(from)
  expect(cost.messages).toBeLessThanOrEqual(10)
  expect(cost.words).toBeLessThanOrEqual(450)
  expect(cost.words, 'they were counted').toBeGreaterThan(100)
})

test.runIf(goesOn)(
  'Marat asks her something, she answers by changing the place, and sends it again',
  async () => {
    await marat.reads('Новая идея: № 2')
    await marat.taps('Открыть идею')
    await marat.reads('Похожие: № 1')
    await marat.taps('Фото и голос')
    await marat.taps('Спросить автора')
    await marat.says('Көшенің қай шетінде?')
    expect((await marat.reads('Записано. Автору сообщат.')).text).toContain('Состояние: ждёт ответа автора')
    await aigul.reads('Модератордың сұрағы: «Көшенің қай шетінде?»')
    await aigul.taps('Идеяны ашу')
    await aigul.reads('№ 2: сіздің жауабыңызды күтіп тұр')
    await aigul.taps('Толықтырып жіберу')
    await aigul.taps('Өзгерту')
    await aigul.taps('Орны')
    await aigul.says('мектептің жаны, көшенің басы')
    await aigul.taps('Жіберу')
    expect(await stateOf(2)).toBe('sent')
  },
)

test.runIf(goesOn)(
  'Tanya translates the title, Aigul sees the difference; the approval of the other idea is two taps',
  async () => {
    await tanya.reads('Идею № 2 прислали снова')
    await tanya.taps('Открыть идею')
    await tanya.taps('Исправить текст')
    await tanya.taps('Название: Русский')
    await tanya.says('Фонари на улице школы')
    await aigul.reads('Модератор мәтінді түзетті')
    await aigul.taps('Идеяны ашу')
    await aigul.reads('Тізімдегі атауы, тілі – орысша: «Фонари на улице школы»')
    await tanya.taps('Одобрить')
    await tanya.reads('Состояние: одобрена, считают стоимость')
    await aigul.reads('Идея мақұлданды. Енді оның құны есептеледі.')
    const arrived = await tanya.reads('Новая идея: № 1')
    const from = tanya.lines.length
    await tanya.tapsUnder(arrived, 'Открыть идею')
    await tanya.taps('Одобрить')
    expect(tanya.lines.slice(from).filter(({ kind }) => kind === 'act')).toHaveLength(2)
    expect(await stateOf(1)).toBe('approved')
    await serik.reads('Идея мақұлданды')
  },
)

test.runIf(goesOn)(
  'Dana is told what waits for its cost, names it, and refuses the other with an explanation',
  async () => {
    await dana.reads('Идея № 2 одобрена. Теперь нужно указать стоимость.')
    await dana.tapsUnder(
      await dana.reads('Идея № 1 одобрена. Теперь нужно указать стоимость.'),
      'Открыть идею',
    )
    await dana.taps('Построить нельзя')
    await dana.says('То же предложено в идее № 2.')
    await serik.reads('То же предложено в идее № 2.')
    await dana.says('/moderate')
    await dana.reads('Идея № 2 · Маканчи')
    await dana.taps('Указать стоимость')
    await dana.says('1,2 млн')
    await dana.taps('Есть в списке')
    await dana.reads('Состояние: войдёт в список для голосования')
    await aigul.reads('Құны: 1 200 000 ₸. Идея дауыс беру тізіміне енеді.')
  },
)

test.runIf(goesOn)(
  'her idea is on the ballot, she is told under which number, and votes for it',
  async () => {
    await begins('review')
    await begins('voting')
    const told = await aigul.reads('Сіздің идеяңыз тізімде:')
    expect(told.text).toContain('№ 3. Мектеп көшесіне шам орнату')
    await aigul.taps('Дауыс беру')
    await aigul.says(bot.envelope().code)
    await aigul.taps(/^▫️ №\s3/)
    await aigul.taps('Тексеру')
    await aigul.taps('Жіберу')
    await aigul.reads('Дауысыңыз қабылданды')
  },
)

test.runIf(goesOn)('everybody heard everything once, in their own language', async () => {
  await until(async () => {
    const [row] = await bot.app.db.sql<{ waiting: number }[]>`
      select count(*)::int as waiting from delivery where state in ('pending', 'sending')`
    return row?.waiting === 0
  })
  for (const one of [aigul, serik, marat, tanya, dana]) await one.note()
  const kazakh = [aigul, serik]
  const told = (one: Transcript) =>
    one
      .notices(kazakh.includes(one) ? 'Ауыл бюджеті' : 'Бюджет села')
      .map(({ text }) => text.split('\n').slice(1).join('\n'))
  for (const one of [aigul, serik, marat, tanya, dana]) expect(new Set(told(one)).size).toBe(told(one).length)
  expect({
    aigul: told(aigul).length,
    serik: told(serik).length,
    marat: told(marat).length,
    tanya: told(tanya).length,
    dana: told(dana).length,
  }).toEqual({ aigul: 5, serik: 2, marat: 3, tanya: 3, dana: 5 })
  for (const one of kazakh) expect(told(one).join('\n')).not.toMatch(/Идея одобрена|Ваша|Модератор пишет/)
  for (const one of [marat, tanya, dana]) expect(told(one).join('\n')).not.toMatch(/[әғқңөұүһі]/)
})
