// The image as compose runs it, without Docker: the files that the Dockerfile copies, a user without rights, two folders to write, two logins.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openRoom, type Room } from '../sandbox/room.ts'
import { onServer } from '../support/database.ts'
import { logins } from '../support/logins.ts'
import { sayNotRun } from '../support/notes.ts'
import { isTold } from '../support/size.ts'
import { buildShipped } from '../support/shipped.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** `node` in the image; here whoever owns nothing. */
const USER = { uid: 65_534, gid: 65_534 }
const asRoot = process.getuid?.() === 0
if (!asRoot) sayNotRun('the image as an unprivileged user', 'only root may become another user')
const told = asRoot && isTold('the image as compose runs it')
const story = test.runIf(told)

let image: string
const databases = logins()
let owner: { url: string }
let serving: { url: string }
let room: Room
beforeAll(async () => {
  if (!told) return
  await buildShipped()
  image = await mkdtemp(join(tmpdir(), 'dauys-image-'))
  await chmod(image, 0o755)
  for (const part of ['dist', 'locales', 'data', 'drizzle', 'package.json'])
    await cp(join(ROOT, part), join(image, part), { recursive: true })
  room = await openRoom()
})
beforeEach(async () => {
  if (!told) return
  for (const folder of ['secrets', 'dauys']) await writable(folder)
  owner = await databases.owned('createrole')
  serving = databases.other(owner.url)
  expect(await starts(['migrate'], { DATABASE_OWNER_URL: owner.url }).ended).toMatchObject({ code: 0 })
})
afterAll(async () => {
  await room?.close()
  await databases.drop()
  if (image) await rm(image, { recursive: true, force: true })
})

/** A volume that belongs to the program, empty. */
async function writable(folder: string): Promise<void> {
  await rm(join(image, folder), { recursive: true, force: true })
  await mkdir(join(image, folder), { mode: 0o700 })
  await chown(join(image, folder), USER.uid, USER.gid)
}
/** A volume that was mounted for somebody else. */
async function foreign(folder: string): Promise<void> {
  await chown(join(image, folder), 0, 0)
  await chmod(join(image, folder), 0o755)
}

function starts(args: readonly string[], settings: Record<string, string> = {}, input = '') {
  const child = spawn(process.execPath, ['dist/dauys.mjs', ...args], {
    ...USER,
    cwd: image,
    env: {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      SECRETS_DIR: join(image, 'secrets'),
      DAUYS_DIR: join(image, 'dauys'),
      DATABASE_URL: serving.url,
      ...settings,
    },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => void (said += part))
  child.stdin.end(input)
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said }))
  return { child, said: () => said, ended }
}
const runs = (line: string, input?: string) => starts(line.split(' '), {}, input).ended
const cardsAlive = async () => {
  let rows: unknown[] = []
  await onServer(owner.url, async (sql) => {
    rows = [...(await sql`select territory, serial, state from card order by territory, serial`)]
  })
  return rows
}

story('demo, cards print and roll import work for a user who can write to two folders', async () => {
  const demo = await runs('demo')
  expect(demo).toMatchObject({ code: 0, said: expect.stringContaining('demo-cards.txt') })
  const codes = join(image, 'dauys', 'demo-cards.txt')
  expect((await stat(codes)).mode & 0o777).toBe(0o600)
  expect((await readFile(codes, 'utf8')).trim().split('\n').length).toBeGreaterThan(100)
  const printed = await runs('cards print --rows 70 --cycle demo --bot dauys_bot --out dauys/cards')
  expect(printed).toMatchObject({ code: 0, said: expect.stringContaining('register-demo') })
  const files = await readdir(join(image, 'dauys', 'cards'))
  expect(files).toContain('cards-demo.pdf')
  const before = await cardsAlive()
  const roll = await readFile(join(image, 'dauys', 'cards', 'roll-demo.txt'), 'utf8')
  expect(await runs('roll import - --cycle demo --yes', roll)).toEqual({
    code: 0,
    said: expect.stringContaining('New: '),
  })
  expect((await cardsAlive()).length).toBeGreaterThan(before.length)
})

story('where nothing can be written a command says so before any act, and no card is lost', async () => {
  await runs('demo')
  const before = await cardsAlive()
  await foreign('dauys')
  for (const line of [
    'demo',
    'cards print --rows 3 --cycle demo --bot b --out dauys/cards',
    'cards print --rows 3 --cycle demo --bot b --out elsewhere',
  ]) {
    const { code, said } = await runs(line)
    expect(code, line).toBe(1)
    expect(said, line).toMatch(/^dauys: .*(dauys|elsewhere).*no permission.*\n$/)
  }
  expect(await cardsAlive()).toEqual(before)
})

story('a folder of secrets that cannot be written to is named, and nothing is begun', async () => {
  await foreign('secrets')
  const { code, said } = await runs('demo')
  expect(code).toBe(1)
  expect(said).toMatch(/^dauys: .*secrets: .*SECRETS_DIR.*\n$/)
  await onServer(owner.url, async (sql) => {
    expect(await sql`select 1 from cycle`).toHaveLength(0)
    expect(await sql`select 1 from fingerprint`).toHaveLength(0)
  })
})

story('the bot starts there; without a token it says what is missing', async () => {
  const bot = starts([], { BOT_TOKEN: room.sandbox.token, TELEGRAM_API_ROOT: room.sandbox.url })
  await new Promise<void>((resolve, reject) => {
    bot.child.stdout.on('data', () => bot.said().includes('Dauys runs as @') && resolve())
    void bot.ended.then(({ said }) => reject(new Error(said)))
  })
  bot.child.kill('SIGKILL')
  await bot.ended
  const without = await starts([]).ended
  expect(without.code).toBe(1)
  expect(without.said).toMatch(/^dauys: BOT_TOKEN is missing/)
})
