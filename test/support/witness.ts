// A witness of a log, as a public one works: it signs the heads that it saw, by the format of C2SP alone, with none of our code.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'

export interface TestWitness {
  name: string
  /** As it publishes its key. */
  key: string
  /** The note with its line under it. `time`: seconds since 1970. */
  signs(note: string, time?: number): string
}

export function witness(name: string): TestWitness {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const coded = Buffer.concat([Buffer.of(4), publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)])
  const id = createHash('sha256').update(`${name}\n`).update(coded).digest().subarray(0, 4)
  return {
    name,
    key: `${name}+${id.toString('hex')}+${coded.toString('base64')}`,
    signs(note, time = 1_772_700_000) {
      const text = note.slice(0, note.indexOf('\n\n') + 1)
      const seconds = Buffer.alloc(8)
      seconds.writeBigUInt64BE(BigInt(time))
      const made = sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), privateKey)
      return `${note}— ${name} ${Buffer.concat([id, seconds, made]).toString('base64')}\n`
    },
  }
}
