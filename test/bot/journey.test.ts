// From a poster to a receipt: a person who knows only what the screen shows, in three languages, and what it costs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBot, type TestBot } from '../support/bot.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({ seed: 'journey' })
})
afterAll(() => bot.stop())

const WORDS = {
  kk: {
    language: 'Қазақша',
    village: /^Мақаншы,/,
    welcome: 'Бұл – Дауыс, халық қатысатын бюджет боты.',
    privacy: 'Аты-жөн мен ЖСН сұралмайды',
    list: 'Жобалар',
    vote: 'Дауыс беру',
    ask: 'Карточкадағы 16 цифрды жазыңыз',
    review: 'Тексеру',
    send: 'Жіберу',
    accepted: 'Дауысыңыз қабылданды',
    command: 'Дауысым жетті ме?',
  },
  ru: {
    language: 'Русский',
    village: /^Маканчи,/,
    welcome: 'Это Дауыс – бот бюджета народного участия.',
    privacy: 'Имя и ИИН не спрашиваем',
    list: 'Проекты',
    vote: 'Голосовать',
    ask: 'Введите 16 цифр с карточки',
    review: 'Проверить',
    send: 'Отправить',
    accepted: 'Ваш голос принят',
    command: 'Дошёл ли мой голос?',
  },
  en: {
    language: 'English',
    village: /^Makanshy,/,
    welcome: 'This is Dauys, for participatory budgeting.',
    privacy: 'We ask for no name',
    list: 'Projects',
    vote: 'Vote',
    ask: 'Type the 16 digits of your card',
    review: 'Review',
    send: 'Send',
    accepted: 'Your vote is accepted',
    command: 'Did my vote arrive?',
  },
} as const
const LANGUAGES = ['kk', 'ru', 'en'] as const

describe.each(LANGUAGES)('in %s', (language) => {
  const words = WORDS[language]

  test('a newcomer votes in at most 12 messages, from /start to the receipt', async () => {
    const aigul = await bot.person({ language_code: language })
    await aigul.says('/start')
    await aigul.sees('Тілді таңдаңыз · Выберите язык · Choose a language')
    await aigul.taps(words.language)
    await aigul.sees(words.welcome)
    await aigul.taps(words.village)
    await aigul.sees(words.privacy)
    const menu = aigul.messages()
    const before = await bot.traffic()
    await aigul.taps(words.vote)
    await aigul.sees(words.ask)
    await aigul.says(bot.envelope().code.replace(/\d{4}(?=\d)/g, '$& '))
    await aigul.taps(/^▫️/)
    await aigul.taps(/^▫️/)
    await aigul.taps(words.review)
    await aigul.taps(words.send)
    const { text } = await aigul.sees(words.accepted)
    const figures = {
      all: aigul.messages(),
      vote: aigul.messages() - menu,
      kb: ((await bot.traffic()) - before) / 1000,
    }
    expect(text).toMatch(/\b\d{4} \d{4} \d{4} \d{2}\b/)
    expect(figures.all, 'start to receipt').toBeLessThanOrEqual(12)
    expect(figures.vote, 'one whole vote, verification included').toBeLessThanOrEqual(8)
    expect(figures.kb, 'kB of the Bot API, both ways').toBeLessThanOrEqual(60)
  })

  test('the first card of a project is 4 taps from a poster, 7 without one, in at most 3 messages', async () => {
    const [village] = bot.cycle.villages
    for (const [link, most] of [[` v_${village.territory}`, 4] as const, ['', 7] as const]) {
      const serik = await bot.person({ language_code: language })
      let taps = 1
      const tap = async (label: string | RegExp) => {
        taps++
        await serik.taps(label)
      }
      await serik.says(`/start${link}`)
      await tap(words.language)
      if (!link) await tap(words.village)
      await tap(words.list)
      await tap(/^№\s\d/)
      expect(serik.screen().text).toMatch(/№\s\d+\. .*\n\n.*\n.*\n.*: [\d\s]+₸/)
      expect(taps).toBeLessThanOrEqual(most)
      expect(serik.messages()).toBeLessThanOrEqual(3)
    }
  })

  test('the menu of commands speaks the language of the phone', async () => {
    const { refresh } = await bot.person({ language_code: language })
    expect((await refresh()).commands.find(({ command }) => command === 'receipt')?.description).toBe(
      words.command,
    )
  })
})

test('a link to a project leads a newcomer to its card, and to its village', async () => {
  const [, ulytau] = bot.cycle.villages
  if (!ulytau) throw new Error('no second village')
  const asel = await bot.person({ language_code: 'ru' })
  await asel.says(`/start p_${bot.cycle.id}_${ulytau.territory}_2`)
  await asel.taps('Русский')
  await asel.sees(`№\u00a02. ${ulytau.projects[1]?.title.ru}`)
  await asel.taps('Меню')
  await asel.sees('Улытау, Улытау сельский округ, Маканчинский район')
})

test('a link of a card only asks; the card is claimed after Yes', async () => {
  const { code } = bot.envelope()
  const curious = await bot.resident('ru')
  await curious.says(`/start c_${code}`)
  await curious.sees('Подтверждаете, что вы там живёте?')
  await curious.taps('Нет')
  await curious.sees('карточка не использована')
  const owner = await bot.resident('ru')
  await owner.says(`/start c_${code}`)
  await owner.sees('Село: Маканчи, Маканчи сельский округ')
  await owner.taps('Да')
  await owner.sees(/Подтверждено\..*\n[^]*Отметьте до 3 проектов/)
  await curious.says(`/start c_${code}`)
  await curious.sees('Код не принят')
})

test('a card scanned by a newcomer waits for the language, and then asks', async () => {
  const { code } = bot.envelope()
  const aru = await bot.person({ language_code: 'kk' })
  await aru.says(`/start c_${code}`)
  await aru.taps('Қазақша')
  await aru.sees('Осы жердің тұрғыны екеніңізді растайсыз ба?')
  await aru.taps('Иә')
  await aru.sees('Расталды. Ауыл: Мақаншы')
})

test.each([
  'xyz',
  'v_999999999',
  'v_99999999999999999999',
  'p_1_2',
  'p_999999999_1_1',
  'c_1234567890123456',
  "v_1'; drop table cycle",
  '<b>',
  'a'.repeat(64),
  '___',
])('a link that leads nowhere (%s) opens the menu all the same', async (payload) => {
  const lost = await bot.person({ language_code: 'en' })
  await lost.says(`/start ${payload}`)
  await lost.taps('English')
  await lost.sees('Where do you live?')
  await lost.says(`/start ${payload}`)
  await lost.sees('Where do you live?')
})

test('a repeated /start loses nothing: language, village, verification and the marks of an unsent ballot', async () => {
  const dana = await bot.resident('ru')
  await dana.taps('Голосовать')
  await dana.says(bot.envelope().code)
  await dana.taps(/^▫️/)
  const marked = dana
    .screen()
    .buttons.flat()
    .filter((label) => label.startsWith('✅'))
  await dana.says('/start')
  await dana.sees('Этап: голосование')
  await dana.taps('Проекты')
  await dana.taps('Голосовать')
  await dana.sees('Отмечено: 1 из 3')
  expect(
    dana
      .screen()
      .buttons.flat()
      .filter((label) => label.startsWith('✅')),
  ).toEqual(marked)
})

test('the language can be changed at any time, and the next screen speaks it', async () => {
  const maria = await bot.resident('ru')
  await maria.taps('Язык')
  await maria.taps('Қазақша')
  await maria.sees('Кезең: дауыс беру')
  await maria.says('/language')
  await maria.taps('English')
  await maria.sees('Stage: voting')
  await maria.says('/help')
  await maria.sees('How it works')
})

test('how it works says what this vote has and no more, and the desk is named with place, hours and phone', async () => {
  const nur = await bot.resident('kk')
  await nur.taps('Бұл қалай өтеді?')
  const { text } = await nur.sees('Бұл қалай өтеді?')
  expect(text.match(/^\d\. /gm)).toEqual(['1. ', '2. ', '3. ', '4. '])
  expect(text).toContain('Бұл дауыс беру – кеңес')
  expect(text).not.toMatch(/идея|модератор/i)
  expect(text).toContain('Қатысу тегін.')
  await nur.taps('Мәзір')
  await nur.taps('Көмек орны')
  await nur.sees(/Мақаншы, .*\nМекенжайы: Әкімдік, 1-бөлме\nУақыты: 9:00–18:00\nТелефоны: \+7 700 000 00 01/)
})

test('/mydata shows what is kept; after /delete nothing is, but the vote stays counted and the card used', async () => {
  const { code } = bot.envelope()
  const leaver = await bot.resident('en')
  await leaver.taps('Vote')
  await leaver.says(code)
  await leaver.taps(/^▫️/)
  await leaver.taps('Review')
  await leaver.taps('Send')
  const receipt = /\d{4} \d{4} \d{4} \d{2}/.exec((await leaver.sees('Receipt number')).text)?.[0] ?? ''
  await leaver.says('/mydata')
  await leaver.sees(
    /Telegram ID: \d+\nLanguage: English\nVillage: Makanshy, .*\ncard …\d{4} \(The village budget\): vote accepted .*, number \d{4} \d{4} \d{4} \d{2}\n/,
  )
  await leaver.says('/delete')
  await leaver.sees(/card …\d{4}: a vote was sent\. It stays counted, its link to you is cut/)
  await leaver.taps('Erase')
  await leaver.sees('Your data is erased')
  await leaver.says('/mydata')
  await leaver.sees('Nothing is kept about you')
  const rows = await bot.app.db.sql`
    select b.receipt from ballot b join claim c using (cycle, roll_row) where c.account is null`
  expect(rows.map((row) => row.receipt)).toEqual([receipt.replaceAll(' ', '')])
  const finder = await bot.resident('en')
  await finder.taps('Vote')
  await finder.says(code)
  await finder.sees('The code was not accepted')
  await leaver.says('/start')
  await leaver.sees('Choose a language')
  expect(bot.faults()).toEqual([])
})
