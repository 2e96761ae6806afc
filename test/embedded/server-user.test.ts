// The embedded PostgreSQL started by root, by an ordinary user, and in a folder that its user may not enter.
import { spawnSync } from 'node:child_process'
import { chmod, mkdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startEmbedded } from '../../src/embedded/embedded.ts'
import { ask, type Checkout, makeCheckout, runProgram } from './program.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

// A user that every system has; initdb wants one with a name.
const villager = { uid: 1, gid: 1 }
const isRoot = process.getuid?.() === 0
// Only root can try both, and only where others may run Node.
const canBeOther = isRoot && spawnSync(process.execPath, ['-v'], { ...villager, cwd: '/' }).status === 0

let checkout: Checkout
beforeAll(async () => {
  checkout = await makeCheckout()
  await chmod(checkout.folder, 0o777)
})
afterAll(() => checkout.remove())

test.runIf(canBeOther)(
  'an ordinary user runs the server as themselves, and root later runs it as that user',
  async () => {
    const program = await runProgram(checkout, villager)
    expect(program.refusal).toBeUndefined()
    await ask(program.url, (sql) => sql`create table kept (word text)`)
    await program.end()
    expect((await stat(join(checkout.dir, 'postgres'))).uid).toBe(villager.uid)
    await rm(join(checkout.dir, 'postgres.json'))
    await rm(join(checkout.dir, 'postgres-users'), { recursive: true })
    const server = await startEmbedded({ dir: checkout.dir })
    expect(await ask(server.url, (sql) => sql`select * from kept`)).toHaveLength(0)
    await server.stop()
    const again = await runProgram(checkout, villager)
    expect(again).toMatchObject({ url: server.url, adopted: false })
    await again.end()
  },
)

test.runIf(isRoot)(
  'root’s server runs as nobody, from a folder that only root could enter until now',
  async () => {
    const dir = join(checkout.folder, 'of-root')
    await mkdir(dir, { mode: 0o700 })
    const server = await startEmbedded({ dir })
    const pid = Number((await readFile(join(dir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
    expect((await stat(`/proc/${pid}`)).uid).not.toBe(0)
    expect((await stat(join(dir, 'postgres'))).mode & 0o777).toBe(0o700)
    // Neither the environment nor the working folder of ours goes with it.
    expect(await readFile(`/proc/${pid}/environ`, 'utf8')).not.toMatch(/HOME=|VITEST/)
    await server.stop()
  },
)

test.runIf(canBeOther)('an ordinary user is told whose folder it is', async () => {
  const program = await runProgram({ ...checkout, dir: join(checkout.folder, 'of-root') }, villager)
  expect(program.refusal).toMatch(/belongs to another user[^]*chown[^]*DATABASE_URL/)
})

test.runIf(isRoot)('a folder that nobody may enter is named, with the ways out', async () => {
  const closed = join(checkout.folder, 'closed')
  await mkdir(join(closed, 'home'), { recursive: true })
  await chmod(closed, 0o700)
  await expect(startEmbedded({ dir: join(closed, 'home', 'state') })).rejects.toThrow(
    new RegExp(`may not enter the folder ${closed}, [^]*Move [^]*DATABASE_URL`),
  )
})

test('a path that a shell would read as a command is refused', async () => {
  await expect(startEmbedded({ dir: join(checkout.folder, '$(id)') })).rejects.toThrow(/path[^]*DATABASE_URL/)
})
