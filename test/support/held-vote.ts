// A vote whose key people hold, from the ceremony to the file that they bring.
import { writeBundle } from '../../src/core/bundle/bundle.ts'
import { writeZip } from '../../src/core/bundle/zip.ts'
import { fromUtf8, utf8 } from '../../src/core/bytes.ts'
import { heldText, readRehearsal } from '../../src/core/formats/held-keys.ts'
import { countExport } from '../../src/sealing/count-export.ts'
import { joinShares, makeShares, type Share } from '../../src/sealing/key-shares.ts'
import { type BoxKeys, open } from '../../src/sealing/sealed-box.ts'
import { bringKeys, enterRehearsal, rehearsal } from '../../src/use-cases/key-holders.ts'
import { exportVote } from '../../src/use-cases/export-vote.ts'
import type { TestApp } from './app.ts'
import { must } from './cycle.ts'

const opened = <T>(result: { ok: true; value: T } | { ok: false }): T => {
  if (!result.ok) throw new Error('the shares do not open')
  return result.value
}

export interface Holders {
  keys: BoxKeys
  seed: Uint8Array
}

export interface MadeKeys {
  /** What stands in holders.json. */
  file: string
  key: string
  shares: Share[]
}

/** As the holders do on a laptop without network. */
export async function makeKeys(app: TestApp, cycle: string): Promise<MadeKeys> {
  const { held, shares } = await makeShares(app.sodium, cycle, app.random(32))
  return { file: heldText(held), key: held.key, shares }
}

/** The code that holders see who open the test with these shares. */
export async function codeOf(app: TestApp, test: string, shares: readonly Share[]): Promise<string> {
  const { keys } = opened(await joinShares(app.sodium, shares))
  return fromUtf8(opened(open(app.sodium, keys, readRehearsal(test) ?? new Uint8Array()))) ?? ''
}

/** Makes the keys of a vote and opens the test: from then on voting may open. */
export async function holdKeys(
  app: TestApp,
  { id, slug }: { id: number; slug: string },
): Promise<Holders & { shares: Share[] }> {
  const { file, shares } = await makeKeys(app, slug)
  must(await bringKeys(app, id, file, 'command'))
  const code = await codeOf(app, must(await rehearsal(app, id, 'command')), shares.slice(1))
  must(await enterRehearsal(app, id, code, 'command'))
  return { ...opened(await joinShares(app.sodium, shares.slice(1))), shares }
}

/** result.zip as the holders make it, after the dice. */
export async function heldResult(app: TestApp, id: number, holders: Holders): Promise<Uint8Array> {
  const { bundle } = must(countExport(app.sodium, must(await exportVote(app, id)), holders))
  return writeZip([
    { name: 'attestation.txt', content: utf8('signed\n') },
    { name: 'bundle.zip', content: writeBundle(bundle) },
  ])
}
