// An elder votes in Kazakh and makes every mistake there is: after each the next step is on the screen, in one message.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withCheckDigits } from '../../src/core/check-digits.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import type { Person, Screen } from '../support/person.ts'

/** Invented: a date of birth, a number and its check digit. */
const IIN = '460510400737'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({ seed: 'elder' })
})
afterAll(() => bot.stop())

const fromBot = (person: Person): number => person.chat().messages.filter(({ from }) => from === 'bot').length
/** Does it, and looks at what came: the text, a button that leads on, and no more than one new message. */
async function then(
  person: Person,
  act: () => Promise<unknown>,
  seen: RegExp,
  next: string | RegExp,
): Promise<Screen> {
  const before = fromBot(person)
  await act()
  const screen = await person.sees(seen)
  expect(fromBot(person) - before, person.onScreen()).toBeLessThanOrEqual(1)
  const labels = screen.buttons.flat()
  expect(
    labels.some((label) => (typeof next === 'string' ? label === next : next.test(label))),
    `${String(next)} of ${labels.join(', ')}`,
  ).toBe(true)
  return screen
}
const ballots = async (person: Person): Promise<number> => {
  const [row] = await bot.app.db.sql<{ n: number }[]>`
    select count(*)::int as n from ballot b join opened_ballot o on o.id = b.opened_ballot where o.account = ${person.id}`
  return row?.n ?? -1
}
const DIGITS = /карточкадағы 16 цифр|16 цифрды жаз/i

test('every mistake is answered with the next step, in one message, and the vote arrives', async () => {
  const { code } = bot.envelope()
  const groups = code.match(/\d{4}/g) as string[]
  const apa = await bot.person({ language_code: 'de', first_name: 'Қалампыр' })
  const says = (text: string) => () => apa.says(text)
  const zero = (text: string) => text.replaceAll('0', 'О')

  await then(apa, says('Сәлеметсіз бе'), /Сәлеметсіз бе! · Здравствуйте! · Hello!/, 'Қазақша')
  await then(apa, () => apa.sendsVoice(), /Тілді таңдаңыз/, 'Қазақша')
  await then(apa, says('қазақша'), /Бұл – Дауыс[^]*Қайда тұрасыз/, /^Мақаншы,/)
  await then(apa, says('Мақашны'), /Мына жерді айттыңыз ба/, /^Мақаншы,/)
  await then(apa, () => apa.sendsSticker(), /бұл жерде қабылданбайды[^]*Қайда тұрасыз/, /^Мақаншы,/)
  await then(apa, says('макашы ауылы?'), /Мына жерді айттыңыз ба/, /^Мақаншы,/)
  await then(apa, says('маканшы'), /Мақаншы, Мақаншы ауылдық округі[^]*Кезең: дауыс беру/, 'Дауыс беру')
  await then(apa, says('рахмет'), /Мұны түсіне алмадық/, 'Дауыс беру')
  await then(apa, says('дауыс беру'), DIGITS, 'Мәзір')
  await then(apa, () => apa.sendsPhoto(), /құпия: фотоны чаттан өшіріңіз\. 16 цифрды/, 'Мәзір')
  await then(apa, () => apa.sendsAlbum(4), /құпия: фотоны чаттан өшіріңіз/, 'Мәзір')
  await then(apa, () => apa.sendsVoice(), /Дауыстық хабарлама тыңдалмайды/, 'Мәзір')
  await then(apa, () => apa.sendsSticker(), DIGITS, 'Мәзір')
  await then(apa, () => apa.sharesContact(), DIGITS, 'Мәзір')
  await then(apa, () => apa.sharesLocation(46.79, 82.02), DIGITS, 'Мәзір')
  await then(apa, says('бұл не?'), DIGITS, 'Мәзір')
  await then(apa, says(IIN), /ЖСН сияқты\. Ол керек емес және сақталмады/, 'Мәзір')
  await then(apa, says(`${groups[0]}`), /12 цифр жетпейді/, 'Мәзір')
  const slip = withCheckDigits(code.slice(0, 14)).replace(/.$/, (last) => String((Number(last) + 1) % 10))
  await then(apa, says(slip), /Цифрларда қате бар сияқты/, 'Мәзір')
  await then(apa, says(`Менің карточкам ${zero(groups.join('-'))}, рахмет`), /Расталды/, 'Тексеру')
  const page = apa.screen()
  expect(page.text).toMatch(/№\s\d+\. .*[^…]\. \d[\d\s]*₸/)

  await then(apa, says('қайсысы жақсы?'), /әлі жіберілген жоқ[^]*Белгіленгені: 0/, 'Тексеру')
  await then(apa, () => apa.sendsAlbum(3), /әлі жіберілген жоқ[^]*Белгіленгені: 0/, 'Тексеру')
  await then(apa, () => apa.taps(/^▫️/), /Белгіленгені: 1/, 'Тексеру')
  await then(apa, says('тексеру'), /Тексеріңіз/, 'Жіберу')
  for (const word of ['иә', 'Жіберу', 'жіберемін', '✅', 'ok'])
    await then(apa, says(word), /әлі жіберілген жоқ[^]*Тексеріңіз/, 'Жіберу')
  await then(apa, () => apa.sendsVoice(), /әлі жіберілген жоқ[^]*Тексеріңіз/, 'Жіберу')
  expect(await ballots(apa), 'no word sends a vote').toBe(0)

  await then(apa, () => apa.taps('Жіберу'), /Дауысыңыз қабылданды: \d{4} ж\.[^]*Растау нөмірі/, 'Мәзір')
  expect(await ballots(apa)).toBe(1)
  const number = /\d{4} \d{4} \d{4} \d{2}/.exec(apa.screen().text)?.[0] ?? ''
  await then(apa, says('иә'), /Мұны түсіне алмадық/, 'Дауыс беру')
  await then(
    apa,
    says(number.slice(1)),
    /13 цифр бар\. Карточкада 16 цифр, растау нөмірінде 14/,
    'Дауыс беру',
  )
  await then(apa, says(number), /Растау нөмірі:[^]*Қабылданған уақыты: \d{4} ж\. \d+ /, 'Мәзір')
})

test('a damaged link, a second tap, a card of a village without projects and a lost place all lead on', async () => {
  const [makanshy, , besterek] = bot.cycle.villages
  if (!besterek) throw new Error('no village without projects')
  const apa = await bot.resident('kk')
  const { code } = bot.envelope(makanshy)
  await then(apa, () => apa.says('/start c_1234567890123456'), /Карточканың сілтемесі бүлінген/, 'Дауыс беру')
  await then(apa, () => apa.says(`/start c_${code}`), /Карточка танылды\. Ауыл: Мақаншы/, 'Иә')
  await then(apa, () => apa.says('түсінбедім'), /Төменнен керегін басыңыз[^]*Карточка танылды/, 'Иә')
  await then(apa, () => apa.says('иә'), /Расталды\. Ауыл: Мақаншы[^]*Бюллетень/, 'Тексеру')
  await then(apa, () => apa.pressesRaw('vc:1'), /Бюллетень/, 'Тексеру')
  const foreign = bot.envelope(besterek).code
  await then(apa, () => apa.says(foreign), /Ауыл: Бестерек[^]*дауыс беруге жоба қойылмаған/, 'Мәзір')
  await then(
    apa,
    () => apa.taps('Мәзір'),
    /Мақаншы, Мақаншы ауылдық округі[^]*Кезең: дауыс беру/,
    'Дауыс беру',
  )
  await then(apa, () => apa.taps('Басқа жер'), /Қайда тұрасыз/, /^Мақаншы,/)
  await apa.taps('Жақын')
  await apa.sees('орналасқан жеріңізді жіберіңіз')
  const keys = apa
    .chat()
    .keyboard?.flat()
    .map(({ text }) => text)
  expect(keys).toEqual(['Орналасқан жерді жіберу', 'Болдырмау'])
  await then(apa, () => apa.sharesLocation(46.79, 82.02), /Ең жақындары жоғарыда/, /^Мақаншы,/)
  await then(apa, () => apa.says('мақаншы'), /Кезең: дауыс беру/, 'Дауыс беру')
})

test('the way without a mistake takes six messages of either side', async () => {
  const { code } = bot.envelope()
  const apa = await bot.person({ language_code: 'kk' })
  await apa.says('/start')
  await apa.taps('Қазақша')
  await apa.taps(/^Мақаншы,/)
  await apa.taps('Дауыс беру')
  await apa.says(code)
  await apa.taps(/^▫️/)
  await apa.taps('Тексеру')
  await apa.taps('Жіберу')
  await apa.sees('Растау нөмірі')
  expect(apa.messages(), apa.onScreen()).toBeLessThanOrEqual(6)
})

test('nothing of an ИИН or of a photo at a step is left in the session store', async () => {
  const apa = await bot.resident('kk')
  await apa.taps('Дауыс беру')
  for (const text of [IIN, `${IIN.slice(0, 6)} ${IIN.slice(6)}`, `ЖСН ${IIN}`]) {
    await apa.says(text)
    await apa.sees('ЖСН сияқты')
    const kept = JSON.stringify([
      await bot.session.expectation(apa.id),
      await bot.session.note(`view:${apa.id}`),
    ])
    expect(kept).not.toContain(IIN.slice(0, 6))
  }
  await apa.says('/menu')
  await apa.says(`менің нөмірім ${IIN}`)
  await apa.sees('ЖСН сияқты')
})
