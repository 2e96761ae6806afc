// Processes around one data folder: one works at a time, the dead hold nothing.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { alone, enrol, leave } from '../../src/embedded/processes.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dauys-processes-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const deadPid = async (): Promise<number> => {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid ?? 0
}

test('work on one folder is done by one at a time, and leaves no lock behind', async () => {
  let inside = 0
  await Promise.all(
    Array.from({ length: 8 }, () =>
      alone(dir, async () => {
        inside += 1
        expect(inside).toBe(1)
        await sleep(5)
        inside -= 1
      }),
    ),
  )
  expect(await readdir(dir)).toEqual([])
})

test('work that fails gives the lock back', async () => {
  await expect(alone(dir, () => Promise.reject(new Error('full disk')))).rejects.toThrow('full disk')
  expect(await alone(dir, () => Promise.resolve('done'))).toBe('done')
})

test('the lock of a process that died is taken over, also when its number lives on in another process', async () => {
  await writeFile(join(dir, 'postgres.lock'), `${hostname()} ${await deadPid()} 1\nx`)
  expect(await alone(dir, () => Promise.resolve('done'))).toBe('done')
  await writeFile(join(dir, 'postgres.lock'), `${hostname()} ${process.pid} 1\nx`)
  expect(await alone(dir, () => Promise.resolve('done'))).toBe('done')
})

test('who leaves learns how many living processes still use the server', async () => {
  const [first, second] = [await enrol(dir), await enrol(dir)]
  await writeFile(join(dir, 'postgres-users', 'of-the-dead'), `${hostname()} ${await deadPid()} 1`)
  expect(await leave(dir, first)).toBe(1)
  expect(await leave(dir, second)).toBe(0)
})
