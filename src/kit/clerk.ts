// What a clerk does: read the akimat's list, and seal it to the server's key.
import { fromBase64, fromUtf8, utf8 } from '../core/bytes.ts'
import { publicFingerprint, readPublicCycle } from '../core/formats/public-cycle.ts'
import { keyId } from '../core/formats/sealed-file.ts'
import { prepareRoll } from '../sealing/prepare-roll.ts'
import { verify } from '../sealing/sign.ts'
import { loadSodium } from '../sealing/sodium.ts'
import { prepareLines, summaryLines } from '../words/roll-lines.ts'
import { failing, holding, kitFile, type Work } from './work.ts'

/** As `dauys roll prepare LIST --cycle-file FILE`. */
export const sealList: Work = async ({ files: { list, cycle: file } }, t) => {
  if (!list || !file) return failing([t('kit.failed')])
  const sodium = await loadSodium()
  const read = readPublicCycle(fromUtf8(file.bytes) ?? '', (...facts) => verify(sodium, ...facts))
  if (!read.ok) {
    const why = read.problem.kind === 'changed' ? 'cli.cycle-file-changed' : 'cli.cycle-file-none'
    return failing([t(why, { file: file.name })])
  }
  const { slug, villages, importKey: base64 } = read.value
  const importKey = fromBase64(base64) ?? new Uint8Array()
  const prepared = prepareRoll({
    sodium,
    csv: list.bytes,
    villages: villages.map(({ territory, kato, name }) => ({ id: String(territory), kato, name })),
    cycle: slug,
    importKey,
  })
  if (!prepared.ok) return failing(prepareLines(t, list.name, prepared.problem).split('\n'))
  const { sealed, summary } = prepared.value
  const name = `roll-${slug}.txt`
  const lines = [
    t('cli.cycle-file-is', { cycle: slug, fingerprint: publicFingerprint(read.value) }),
    t('cli.cycle-file-key', { key: keyId(importKey) }),
    ...summaryLines(t, summary, villages),
    t('cli.roll-sealed', { file: name, cycle: slug }),
  ]
  return holding(lines, { files: [kitFile(name, utf8(sealed))] })
}
