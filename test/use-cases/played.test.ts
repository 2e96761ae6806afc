// A newcomer plays, draws up a vote of their own, and starts again; where people voted in earnest nobody plays.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inEarnest, refuseRealVotes } from '../../src/program/played.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { smallCycle } from '../support/cycle.ts'

let app: TestApp
let dir: string
beforeAll(async () => {
  app = await testApp('played')
  dir = await mkdtemp(join(tmpdir(), 'dauys-played-'))
})
afterAll(async () => {
  await rm(dir, { recursive: true })
  await app.done()
})

test('a vote that was drawn up in the sandbox does not keep it from starting again; one in earnest does', async () => {
  const here = { dir, databaseUrl: undefined }
  await refuseRealVotes(here, app)
  await smallCycle(app, 'drawn-up', [[100]])
  await refuseRealVotes(here, app)
  const refusal = /"drawn-up", which is no trial: no sandbox is started on it/
  await expect(refuseRealVotes({ dir, databaseUrl: app.url }, app)).rejects.toThrow(refusal)
  await inEarnest(here)
  await expect(refuseRealVotes(here, app)).rejects.toThrow(refusal)
  await expect(refuseRealVotes(here, app), 'asked again').rejects.toThrow(refusal)
})
