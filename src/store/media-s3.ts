// Copies of photos and voice notes as objects of an S3-compatible store: path-style addresses, signature version 4.
import { createHash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import type { S3Address } from '../core/s3-address.ts'
import { isCopyName, type MediaStore } from './media-store.ts'

/** Whoever waits for a photo waits no longer; what is written is written again later. */
const PATIENCE_MS = 15_000
/** A store that is busy (429, 5xx) is asked again so often. */
const RETRIES = 2
const TYPES: Record<string, string> = { jpg: 'image/jpeg', png: 'image/png', oga: 'audio/ogg' }

/** What it throws names neither the address nor the key. */
export function mediaS3(address: S3Address, patienceMs = PATIENCE_MS): MediaStore {
  const { origin, bucket, prefix, region, key, secret } = address
  const client = new AwsClient({
    accessKeyId: key,
    secretAccessKey: secret,
    service: 's3',
    region,
    retries: RETRIES,
    initRetryMs: 100,
  })
  /** The answer, with its body read; undefined with 404. */
  const ask = async (
    method: string,
    path: string,
    body: { type?: string | undefined; bytes?: Uint8Array; most?: number } = {},
  ): Promise<{ headers: Headers; bytes: Uint8Array | undefined } | undefined> => {
    const { type, bytes, most = Number.POSITIVE_INFINITY } = body
    const headers: Record<string, string> = { 'x-amz-content-sha256': sha256(bytes ?? '') }
    if (type) headers['content-type'] = type
    try {
      const answer = await client.fetch(`${origin}/${bucket}${path}`, {
        method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(patienceMs),
        ...(bytes ? { body: new Uint8Array(bytes) } : {}),
      })
      if (answer.ok) return { headers: answer.headers, bytes: await bodyOf(answer, most) }
      await answer.body?.cancel()
      if (answer.status === 404 && method !== 'PUT') return undefined
      throw new Error(`the store of photos (MEDIA_URL) answers ${answer.status}`)
    } catch (error) {
      if (error instanceof Error && error.message.includes('MEDIA_URL')) throw error
      throw new Error(`the store of photos (MEDIA_URL) is away: ${reasonOf(error)}`)
    }
  }
  const at = (name: string) => `/${prefix}${name}`

  return {
    setting: 'MEDIA_URL',
    async put(name, bytes) {
      if (!isCopyName(name)) throw new Error('a copy is named by number, chance and type')
      await ask('PUT', at(name), { type: TYPES[name.split('.').at(-1) ?? ''], bytes })
    },
    get: async (name, most) => (isCopyName(name) ? (await ask('GET', at(name), { most }))?.bytes : undefined),
    has: async (name) => isCopyName(name) && (await ask('HEAD', at(name))) !== undefined,
    async delete(name) {
      if (isCopyName(name)) await ask('DELETE', at(name))
    },
    async list(ageMs) {
      const names: string[] = []
      let more: string | undefined
      do {
        const query = new URLSearchParams({ 'list-type': '2', prefix })
        if (more !== undefined) query.set('continuation-token', more)
        const answer = await ask('GET', `?${query}`)
        if (!answer) throw new Error('the store of photos (MEDIA_URL) has no such bucket')
        const page = readList(Buffer.from(answer.bytes ?? []).toString())
        // A photo's age is on the clock of the store that wrote it down.
        const now = Date.parse(answer.headers.get('date') ?? '') || Date.now()
        for (const { key: full, at: written } of page.objects) {
          const name = full.startsWith(prefix) ? full.slice(prefix.length) : ''
          if (isCopyName(name) && (ageMs === 0 || written <= now - ageMs)) names.push(name)
        }
        more = page.more
      } while (more !== undefined)
      return names
    },
  }
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/** Undefined where it is longer; no more of it is read then. */
async function bodyOf(answer: Response, most: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body ?? []) {
    length += part.length
    if (length > most) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Of a failed call, without its address: `TimeoutError`, `ECONNREFUSED`. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as Error & { cause?: NodeJS.ErrnoException }
  return cause?.code ?? name
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
const plain = (text: string): string =>
  text
    .replaceAll(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, digits: string) =>
      String.fromCodePoint(Number.parseInt(digits, hex ? 16 : 10)),
    )
    .replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? '')

/** A page of ListObjectsV2. Throws where it is none: an empty list would be the end of every photo that a row names. */
function readList(xml: string): { objects: { key: string; at: number }[]; more?: string } {
  if (!/<ListBucketResult[\s>]/.test(xml)) throw new Error('the store of photos (MEDIA_URL) answers no list')
  const field = (part: string, name: string) => {
    const [, text] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(part) ?? []
    return text === undefined ? undefined : plain(text)
  }
  const objects = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, part = '']) => ({
    key: field(part, 'Key') ?? '',
    at: Date.parse(field(part, 'LastModified') ?? ''),
  }))
  const more = field(xml, 'IsTruncated') === 'true' ? field(xml, 'NextContinuationToken') : undefined
  return more === undefined ? { objects } : { objects, more }
}
