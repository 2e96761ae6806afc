// A command whose reader has seen enough: it ends quietly, and the files that it was to write are whole.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'dauys-pipe-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = fileURLToPath(
  new URL('../data/pabulib/Poland_Warszawa_2026_Stara_Ochota_Filtry.pb', import.meta.url),
)
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

test('a closed pipe is no fault: nothing on stderr, and the table is written', async () => {
  const table = join(folder, 'table.csv')
  const args = ['--import', 'tsx', main, 'count', file, '--csv', table]
  const command = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  command.stdout.destroy()
  let said = ''
  command.stderr.on('data', (piece: Buffer) => (said += piece.toString()))
  const [code] = (await once(command, 'close')) as [number | null]
  expect(said.replace(/^counting .* s$/gm, '').trim()).toBe('')
  expect(code).toBe(0)
  expect(readFileSync(table, 'utf8').split('\r\n').length).toBeGreaterThan(20)
})
