// The command line: from a demo to published results, in plain lines; a problem is one line and nothing is done.
import { readFile, stat, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listPlaces } from '../../src/use-cases/list-places.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { whoIs } from '../../src/use-cases/who-is.ts'
import { rememberAccount } from '../../src/use-cases/remember-account.ts'
import { type TestApp, testApp, withClassifier } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { newVillage, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { asOwner } from '../support/database.ts'

let app: TestApp
let desk: Clerk
beforeAll(async () => {
  app = await testApp('command line')
  await withClassifier(app)
  desk = await clerk(app)
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const OCHOTA = fileURLToPath(
  new URL('../data/pabulib/Poland_Warszawa_2026_Stara_Ochota_Filtry.pb', import.meta.url),
)

test('the demo is made, its cards lie in a file for the owner only, and it stands in the list of cycles', async () => {
  const made = await desk.types('demo')
  expect(made.refused).toBeUndefined()
  expect(made.lines).toHaveLength(5)
  const file = desk.file('demo-cards.txt')
  expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(120)
  expect((await stat(file)).mode & 0o077).toBe(0)
  const { lines } = await desk.types('cycle list --villages')
  expect(lines[0]).toMatch(/^\d+ {2}demo {2}voting {2}advisory, trial {2}closes: .+ \(Asia\/Almaty\)$/)
  expect(lines).toContainEqual(
    expect.stringMatching(
      /104673100 {2}Makanshy, .+: projects: 4, on the roll: 60, cards: 60, handed over: 55, verified: 25, voted: 25$/,
    ),
  )
})

test('where its cards cannot be kept the demo makes none, and those of before stay alive', async () => {
  const alive = () => app.db.sql`select serial, state from card order by cycle, roll_row, serial`
  const before = await alive()
  const locked = await clerk(app, desk.file('demo-cards.txt/inside-a-file'))
  expect((await locked.types('demo')).refused).toMatch(
    /inside-a-file: cannot be read or written \(ENOTDIR\)\.$/,
  )
  const print = `cards print --rows 3 --cycle demo --bot b --out ${desk.file('demo-cards.txt')}`
  expect((await desk.types(print)).refused).toMatch(/--out names the folder/)
  expect(await alive()).toEqual(before)
  await locked.leaves()
})

test('the desk hands over more cards by the name of the village, typed on a Russian keyboard', async () => {
  expect(await desk.types('cards hand-over маканшы 31-35 без 33 --cycle demo')).toEqual({
    lines: ['Makanshy, Makanshy rural okrug, Urzhar district: cards handed over: 4. Entered before: 0.'],
    refused: undefined,
  })
  expect((await desk.types('cards hand-over 104673100 31-32 --cycle demo')).lines[0]).toContain(
    'cards handed over: 0. Entered before: 2.',
  )
  expect((await desk.types('cards hand-over 104673100 1-99 --cycle demo')).refused).toBe(
    'The village has no cards 61, 62, 63, 64, 65, 66, 67, 68, 69, 70 … (39); nothing was entered.',
  )
  expect((await desk.types('cards hand-over Атлантида 1 --cycle demo')).refused).toBe(
    'There is no place “Атлантида” in this cycle.',
  )
})

test('a real election runs as a trial from the file to the published result', async () => {
  const slug = 'poland-warszawa-2026-stara-ochota-filtry'
  const imported = await desk.types(`import pabulib ${OCHOTA}`)
  expect(imported.lines[0]).toMatch(new RegExp(`^\\d+, ${slug}: projects: 24\\. A trial\\.$`))
  const replay = desk.file('codes.csv')
  const printed = await desk.types(
    `cards print --rows 12 --cycle ${slug} --bot dauys_bot --out ${desk.folder} --csv ${replay}`,
  )
  expect(printed.refused).toBeUndefined()
  for (const name of [`cards-${slug}.pdf`, `register-${slug}.pdf`])
    expect((await readFile(desk.file(name))).subarray(0, 5).toString()).toBe('%PDF-')
  const sealed = desk.file(`roll-${slug}.txt`)
  expect((await desk.types(`roll import ${sealed} --cycle ${slug}`)).lines.at(-1)).toBe(
    'In the file: 12 cards. New: 12 rows, 12 cards.',
  )
  expect((await desk.types(`roll import ${sealed} --cycle ${slug}`)).lines.at(-1)).toBe(
    'In the file: 12 cards. New: 0 rows, 0 cards.',
  )
  const handed = await desk.types(`cards hand-over "Warszawa, Stara Ochota, Filtry" 1-12 --cycle ${slug}`)
  expect(handed.lines[0]).toContain('cards handed over: 12.')
  const [header, ...codes] = (await readFile(replay, 'utf8')).trim().split('\r\n')
  expect([header, codes.length]).toEqual(['village;serial;code', 12])
  const place = (await listPlaces(app)).find(({ cycle }) => cycle.slug === slug)
  if (!place) throw new Error('no place')
  for (const [at, line] of codes.entries()) {
    const [village, , code = ''] = line.split(';')
    expect(village).toBe(String(place.territory))
    const claimed = await verifyAccount(app, 5000 + at, { id: place.cycle.id, method: 'card' }, code)
    if (!claimed.ok) throw new Error(claimed.problem.kind)
    const { rollRow, territory } = claimed.value
    expect((await vote(app, place.cycle.id, { account: 5000 + at, rollRow, territory }, ['930'])).ok).toBe(
      true,
    )
  }
  expect((await desk.types(`count --cycle ${slug}`)).refused).toContain('the phase is “voting”')
  expect((await desk.types(`cycle next --cycle ${slug}`)).lines).toEqual([`${slug}: voting → counting.`])
  expect((await desk.types(`cycle publish --cycle ${slug}`)).refused).toContain('is not counted')
  const counted = await desk.types(`count --cycle ${slug}`)
  expect(counted.lines[0]).toMatch(/^Warszawa, Stara Ochota, Filtry\. Ballots: 12\. Winners: 0\. /) // a minimum of 30 votes
  const before = await desk.types(`cycle publish --cycle ${slug}`)
  expect(before.lines.slice(1)).toEqual([
    'Villages: 1. Ballots counted: 12. Winners: 0. Allocated: 0\u00a0zł.',
    'The bot writes at once to so many people: 0.',
    'What is published is not taken back and not counted again.',
    'Nothing is published yet. If it is right, add --yes.',
  ])
  expect((await desk.types(`cycle publish --cycle ${slug} --yes`)).lines).toEqual([
    `${slug}: the result of 1 village is published.`,
  ])
  expect((await desk.types(`import pabulib ${OCHOTA}`)).refused).toContain('was imported before')
})

test('of a village where few voted the clerk is told totals alone: votes by project would show who chose what', async () => {
  const few = await smallCycle(app, 'few-voted', [[1_000_000]], { trial: true })
  await openVoting(app, few.id)
  const [person] = await voters(app, few.id, few.villages[0] as number, 1)
  if (!person) throw new Error('nobody')
  expect((await vote(app, few.id, person, ['a1'])).ok).toBe(true)
  await desk.types('cycle next --cycle few-voted')
  const { lines } = await desk.types('count --cycle few-voted --lang ru')
  expect(lines[1]?.trim()).toMatch(/^Меньше 10 бюллетеней/)
  expect(lines.join('\n')).not.toMatch(/№/)
})

test('printing twice is told before anything is taken in: so many rows would get a second card', async () => {
  await smallCycle(app, 'twice', [[1_000_000]], { trial: true })
  const print = (name: string, rows: number) =>
    desk.types(`cards print --rows ${rows} --cycle twice --bot b --out ${desk.file(name)}`)
  const take = (name: string, more = '') =>
    desk.types(`roll import ${desk.file(`${name}/roll-twice.txt`)} --cycle twice${more}`)
  await print('first', 3)
  expect((await take('first')).lines.at(-1)).toBe('In the file: 3 cards. New: 3 rows, 3 cards.')
  expect((await take('first')).refused).toBeUndefined()
  await print('second', 5)
  const asked = await take('second')
  expect(asked.refused).toContain('have a card already: 3. Of them, would get one more: 3.')
  const cards = () =>
    app.db.sql`select k.serial from card k join cycle c on c.id = k.cycle where c.slug = 'twice'`
  expect(await cards()).toHaveLength(3)
  expect((await take('second', ' --yes')).lines.slice(-2)).toEqual([
    'In the file: 5 cards. New: 2 rows, 5 cards.',
    'Rows that had a card before: 3. Of them, with a second one: 3.',
  ])
  expect(await cards()).toHaveLength(8)
})

describe('officials', () => {
  test('a role is given and taken in a place; places that share a name are listed with okrug and district', async () => {
    await rememberAccount(app, 4242, { locale: 'ru' })
    const vague = await desk.types('role grant 4242 moderator Карабулак')
    expect(vague.refused).toMatch(
      /^Several places are called “Карабулак”\. Name one by its code: 103645300 Karabulak, Akshauli/,
    )
    const exact = await desk.types('role grant 4242 moderator 103645300')
    expect(exact.lines).toEqual(['Given. 4242: moderator, Karabulak, Akshauli rural okrug, Ayagoz district.'])
    expect((await whoIs(app, 4242)).roles).toHaveLength(1)
    expect((await desk.types('role revoke 4242 moderator')).lines).toEqual([
      'Taken away. 4242: moderator, everywhere.',
    ])
    expect((await desk.types('role revoke 4242 moderator')).refused).toBe(
      'That role is not held. 4242: moderator, everywhere.',
    )
    expect((await desk.types('role grant 4242 king')).refused).toContain('is no role')
    expect((await desk.types('role grant @ann official')).refused).toContain('is not a Telegram id')
  })

  test('a close moves later, on the wall clock of Kazakhstan, and never earlier', async () => {
    await smallCycle(app, 'by-clerk', [[1_000_000]])
    const extend = 'cycle extend --cycle by-clerk --to "2099-03-05 18:00"'
    const closes = async () => {
      const [row] = await app.db.sql`select starts_at::text from phase_start p join cycle c on c.id = p.cycle
        where c.slug = 'by-clerk' and p.phase = 'counting'`
      return new Date(row?.starts_at as string).toISOString()
    }
    const before = await closes()
    expect((await desk.types(extend)).lines.slice(2)).toEqual([
      expect.stringMatching(/^New close: Thursday,? 5 March 2099 at 18:00 \(Asia\/Almaty\)$/),
      'The bot writes at once to so many people: 0.',
      'A close never moves back.',
      'Nothing is changed yet. If date and time are right, add --yes.',
    ])
    expect(await closes()).toBe(before)
    expect((await desk.types(`${extend} --yes`)).lines).toEqual([
      expect.stringMatching(/^by-clerk: new close: Thursday,? 5 March 2099 at 18:00/),
    ])
    expect(await closes()).toBe('2099-03-05T13:00:00.000Z')
    expect((await desk.types('cycle extend --cycle by-clerk --to "2098-03-05 18:00"')).refused).toContain(
      'Shortening is not allowed. The close is now: Thursday',
    )
    for (const day of ['2099-02-31 18:00', '2099-02-31T18:00:00+05:00', '2099-13-01 18:00'])
      expect((await desk.types(`cycle extend --cycle by-clerk --to "${day}" --yes`)).refused).toContain(day)
    expect((await desk.types('cycle extend --cycle by-clerk --to tomorrow')).refused).toContain(
      'is not a time',
    )
    expect((await desk.types('cycle extend --cycle nowhere --to tomorrow')).refused).toBe(
      'There is no cycle “nowhere”. “dauys cycle list” shows those that there are.',
    )
  })

  test('a list is checked line by line before anything is written, and sealed for two officials', async () => {
    await smallCycle(app, 'binding-roll', [[1_000_000]], { profile: 'binding' })
    const list = desk.file('list.csv')
    await writeFile(list, 'село;номер;ФИО\nbinding-roll 1;1;А\nbinding-roll 1;x;Б\nДругое;3;В\n')
    expect((await desk.types(`roll prepare ${list} --cycle binding-roll`)).refused?.split('\n')).toEqual([
      `${list} cannot be used:`,
      '  line 3: the register number “x” is not a whole number',
      '  line 4: “Другое” is no village of this cycle',
    ])
    await writeFile(list, 'село;номер;ФИО\nbinding-roll 1;1;А\nbinding-roll 1;2;Б\n')
    const dry = await desk.types(`roll prepare ${list} --cycle binding-roll`)
    expect(dry.lines).toContain('Columns that were not read: ФИО.')
    const out = desk.file('sealed.txt')
    expect(
      (await desk.types(`roll prepare ${list} --cycle binding-roll --out ${out}`)).refused,
    ).toBeUndefined()
    expect((await desk.types(`roll prepare ${list} --cycle binding-roll --out ${out}`)).refused).toContain(
      'is there already',
    )
    await desk.types('role grant 61 official')
    await desk.types('role grant 62 official')
    expect((await desk.types(`roll import ${out} --cycle binding-roll`)).refused).toContain('--as')
    const proposed = await desk.types(`roll import ${out} --cycle binding-roll --as 61`)
    expect(proposed.lines.slice(-3)).toEqual([
      'Proposed: nothing is done yet.',
      'The bot asks these accounts in their own chat, and one of them must confirm: 62.',
      expect.stringMatching(/^Can be confirmed until: /),
    ])
    // Whoever has the command line has not the second official's Telegram.
    expect((await desk.types(`roll import ${out} --cycle binding-roll --as 62`)).lines).toContain(
      'This was proposed before and still waits.',
    )
    expect(
      await app.db.sql`select 1 from roll_row r join cycle c on c.id = r.cycle where c.slug = 'binding-roll'`,
    ).toHaveLength(0)
  })

  test('the import key is printed with its id', async () => {
    expect((await desk.types('roll key')).lines).toEqual([
      expect.stringMatching(/^[\w+/]{43}= {2}\(id [0-9a-f]{8}\)$/),
    ])
  })
})

test('an error inside is told by its name and code, never with what stood in the database', async () => {
  await newVillage(app, 'secret name')
  await asOwner(app.db, (sql) => sql`alter table role_grant rename to role_grant_gone`)
  const broken = await desk.types('role grant 777000777 official')
  await asOwner(app.db, (sql) => sql`alter table role_grant_gone rename to role_grant`)
  expect(broken.refused).toMatch(/^the command failed inside \(\w*Error, 42P01\)$/)
})

test('every command and every option says what it is for', async () => {
  const { lines } = await desk.types('--help')
  const commands =
    lines
      .join('\n')
      .match(/^ {2}(\w+)(?= )/gm)
      ?.map((word) => word.trim()) ?? []
  expect(commands).toEqual(
    expect.arrayContaining(['demo', 'cycle', 'role', 'roll', 'cards', 'count', 'import']),
  )
  for (const command of commands.filter((one) => one !== 'help')) {
    const help = (await desk.types(`${command} --help`)).lines.join('\n')
    const bare = help.split('\n').filter((line) => /^ {2}\S/.test(line) && !/\S {2,}\S/.test(line.trim()))
    expect([command, bare.filter((line) => line.length < 40)]).toEqual([command, []])
  }
})
