// Two officials are two people: one proposes on the command line, another one confirms in their own chat, or nobody does.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmActButton, refuseActButton } from '../../src/bot/buttons.ts'
import { accountMark } from '../../src/use-cases/actor.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { importRoll } from '../../src/use-cases/import-roll.ts'
import { refuseAct } from '../../src/use-cases/refuse-act.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { everyValueWith } from '../support/catalogue.ts'
import { kindOf, must } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import type { Person } from '../support/person.ts'
import { sealedRoll } from '../support/roll.ts'

let bot: TestBot
/** Ayan proposes; Bota reads Kazakh, Viktor Russian. */
let ayan: Person
let bota: Person
let viktor: Person
let registerNo = 500

beforeAll(async () => {
  bot = await startBot({
    seed: 'second',
    loops: true,
    cycle: { trial: false, villages: [{ name: MAKANSHY, projects: 2, cards: 1 }] },
  })
  ayan = await official('ru')
  bota = await official('kk')
  viktor = await official('ru')
})
afterAll(() => bot.stop())

async function official(language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.resident(language)
  must(await grantRole(bot.app, { account: person.id, role: 'official' }, 'command'))
  return person
}

/** A roll of one more row, which Ayan imported. */
async function proposed(): Promise<string> {
  registerNo += 1
  const { id, slug, villages } = bot.cycle
  const text = sealedRoll(bot.app, slug, villages[0].territory, [registerNo])
  const { proposed: one } = must(await importRoll(bot.app, id, text, ayan.id))
  if (!one) throw new Error('nothing waits')
  return one.id
}
const onRoll = async (): Promise<boolean> =>
  (await bot.app.db.sql`select 1 from roll_row where register_no = ${registerNo}`).length === 1
/** Somebody who owns the tables and lacks the secrets. */
const changed = (id: string, how: string): Promise<void> =>
  unguarded(bot.app.db, (sql) => sql.unsafe(`update proposal set ${how} where id = $1`, [id]))
const press = (id: string, yes = true) => (yes ? confirmActButton : refuseActButton).pack({ proposal: id })

test('the second official is asked in their own chat and language, confirms with one press, and the first is told', async () => {
  await proposed()
  const asked = await bota.sees('Сіздің растауыңыз керек')
  expect(asked.text.split('\n')).toEqual([
    'Сіздің растауыңыз керек',
    expect.stringMatching(
      /^Дауыс берушілер тізіміне енгізу\. Жолдар: 1, карточкалар: 1\. Файлдың цифрлық таңбасы: [0-9a-f]{16}$/,
    ),
    'Дауыс беру: Ауыл бюджеті',
    'Орны: Мақаншы, Мақаншы ауылдық округі, Мақаншы ауданы',
    `Ұсынған әкімдік қызметкері: ${ayan.id}`,
    expect.stringMatching(/^Растау мерзімі: /),
    'Өзіңіз тексерген болсаңыз ғана растаңыз. Түймені басқаннан кейін бұл бірден орындалады, журналға екеуіңіздің белгіңіз жазылады.',
  ])
  expect(asked.buttons).toEqual([['Растау'], ['Бас тарту'], ['Мәзір']])
  await viktor.sees('Нужно ваше подтверждение')
  expect(await onRoll()).toBe(false)
  await bota.taps('Растау')
  await bota.sees('Расталды, орындалды.')
  expect(bota.hasButton('Растау')).toBe(false)
  expect(await onRoll()).toBe(true)
  const told = await ayan.sees('Ваше предложение подтверждено и выполнено.')
  expect(told.text).toContain(String(bota.id))
  // Viktor comes too late, and hears who was first.
  await viktor.taps('Подтвердить')
  expect((await viktor.sees('Это уже подтверждено.')).text).toContain(String(bota.id))
  const [leaf] = await bot.app.db.sql<{ by: string; second: string }[]>`
    select e ->> 'by' as by, e ->> 'second' as second
    from (select convert_from(body, 'UTF8')::jsonb -> 1 as e from leaf where kind = 'roll-approved' order by id desc limit 1) x`
  expect(leaf).toEqual({ by: accountMark(bot.app, ayan.id), second: accountMark(bot.app, bota.id) })
})

test('a refusal leaves everything as it was, and both hear of it', async () => {
  await proposed()
  await viktor.sees('Нужно ваше подтверждение')
  await viktor.taps('Отказать')
  await viktor.sees('Вы отказали.')
  const told = await ayan.sees('В вашем предложении отказано.')
  expect(told.text).toContain(String(viktor.id))
  await bota.sees('Сіздің растауыңыз керек')
  await bota.taps('Растау')
  await bota.sees('Бұдан бас тартылған.')
  expect(await onRoll()).toBe(false)
})

test('a button carried into another chat confirms nothing: neither a resident’s nor the proposer’s own', async () => {
  const id = await proposed()
  const resident = await bot.resident('ru')
  await resident.pressesRaw(press(id))
  await resident.sees('Подтвердить это вы не можете')
  await ayan.pressesRaw(press(id))
  await ayan.sees('Это предложили вы сами.')
  await ayan.pressesRaw(press(id, false))
  await ayan.sees('Это предложили вы сами.')
  await bota.pressesRaw(press('01890a5d-ac96-774b-bcce-b302099a8057'))
  await bota.sees('Мұндай ұсыныс жоқ.')
  expect(await onRoll()).toBe(false)
})

test('a role that was taken away in between confirms nothing', async () => {
  const id = await proposed()
  must(await revokeRole(bot.app, { account: bota.id, role: 'official' }, 'command'))
  await bota.pressesRaw(press(id))
  await bota.sees('Мұны растауға құқығыңыз жоқ')
  must(await grantRole(bot.app, { account: bota.id, role: 'official' }, 'command'))
  must(await revokeRole(bot.app, { account: ayan.id, role: 'official' }, 'command'))
  await bota.pressesRaw(press(id))
  await bota.sees('Ұсынған әкімдік қызметкерінің ол жердегі рөлі аяқталған.')
  must(await grantRole(bot.app, { account: ayan.id, role: 'official' }, 'command'))
  expect(await onRoll()).toBe(false)
})

test('after 24 hours nobody can confirm, and the same may be proposed again', async () => {
  const { app } = bot
  const id = await proposed()
  await changed(id, "until = clock_timestamp() - interval '1 second'")
  await bota.pressesRaw(press(id))
  await bota.sees('Растау мерзімі өтті')
  expect(kindOf(await refuseAct(app, id, viktor.id))).toBe('expired')
  expect(await onRoll()).toBe(false)
  const text = sealedRoll(app, bot.cycle.slug, bot.cycle.villages[0].territory, [registerNo])
  const again = must(await importRoll(app, bot.cycle.id, text, ayan.id)).proposed
  expect(again).toMatchObject({ already: false })
  must(await confirmAct(app, again?.id ?? '', viktor.id))
  expect(await onRoll()).toBe(true)
})

test('of presses in one moment one decides: confirm and confirm, confirm and refuse, a double tap', async () => {
  const { app } = bot
  for (let round = 0; round < 5; round++) {
    const id = await proposed()
    const ends = await Promise.all([
      confirmAct(app, id, bota.id),
      confirmAct(app, id, viktor.id),
      refuseAct(app, id, viktor.id),
      confirmAct(app, id, bota.id),
    ])
    const kinds = ends.map(kindOf)
    expect(kinds.filter((kind) => kind === 'ok')).toHaveLength(1)
    const refused = kinds[2] === 'ok'
    expect(new Set(kinds.filter((kind) => kind !== 'ok'))).toEqual(new Set([refused ? 'refused' : 'done']))
    expect(await onRoll()).toBe(!refused)
    const told = await app.db
      .sql`select 1 from delivery where kind = 'second-decided' and facts ->> 'proposal' = ${id}`
    expect(told).toHaveLength(1)
  }
})

test('whoever dies before the commit confirmed nothing, and the press comes again', async () => {
  const { app } = bot
  const id = await proposed()
  // The act is done, the note of the decision is not: the connection ends in between.
  await unguarded(app.db, (sql) =>
    sql.unsafe(`create function die() returns trigger language plpgsql as
      $$ begin if new.state = 'done' then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end $$;
      create trigger die before update on proposal for each row execute function die()`),
  )
  await expect(confirmAct(app, id, bota.id)).rejects.toThrow()
  await unguarded(app.db, (sql) => sql.unsafe('drop trigger die on proposal; drop function die()'))
  expect(await onRoll()).toBe(false)
  must(await confirmAct(app, id, bota.id))
  expect(await onRoll()).toBe(true)
})

test('a proposal that was written past the program, or changed, asks in nobody’s name', async () => {
  const { app } = bot
  const id = await proposed()
  await expect(app.db.sql`update proposal set until = until + interval '9 days'`).rejects.toThrow(
    /permission denied/,
  )
  const how = [
    `proposed_by = ${viktor.id}`,
    `proposed_by = ${ayan.id}, until = until + interval '9 days'`,
    `until = until - interval '9 days', act = jsonb_set(act, '{cards}', '0')`,
  ]
  for (const one of how) {
    await changed(id, one)
    expect(kindOf(await confirmAct(app, id, bota.id)), one).toBe('no-such-proposal')
  }
  expect(await onRoll()).toBe(false)
})

test('an official who is erased proposes nothing any more, and is named nowhere', async () => {
  const { app, cycle } = bot
  const gone = await official('ru')
  registerNo += 1
  const text = sealedRoll(app, cycle.slug, cycle.villages[0].territory, [registerNo])
  const id = must(await importRoll(app, cycle.id, text, gone.id)).proposed?.id ?? ''
  must(await revokeRole(app, { account: gone.id, role: 'official' }, 'command'))
  await eraseAccount(app, gone.id)
  expect(kindOf(await confirmAct(app, id, bota.id))).toBe('no-such-proposal')
  const where = await everyValueWith(app.db, String(gone.id))
  expect(where.filter((name) => /^(proposal|delivery)/.test(name))).toEqual([])
})

test('cards for rows that have one are counted before the second official', async () => {
  const { id, slug, villages } = bot.cycle
  const [{ territory, cards }] = villages
  const text = sealedRoll(bot.app, slug, territory, [cards[0]?.registerNo ?? 0], 900)
  must(await importRoll(bot.app, id, text, ayan.id, { secondCards: true }))
  const asked = await bota.sees('Карточкасы бар жолдар: 1.')
  expect(asked.text).toContain(
    'Карточкасы бар жолдар: 1. Оның ішінде тағы біреуін алатыны: 1. Екіншісі берілгенде, біріншісі жарамсыз болады.',
  )
  await bota.taps('Бас тарту')
  await bota.sees('Бас тарттыңыз.')
})
