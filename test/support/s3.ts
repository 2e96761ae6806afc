// A small S3 store for tests: keeps objects in memory, refuses what is not signed (signature version 4, written from AWS's
// description of it and not with the package that signs), lists by pages, and has its bad days on demand.
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type S3Address, readS3Address } from '../../src/core/s3-address.ts'

const KEY = 'AKTEST'
const SECRET = 'se/cret+@key'
/** Small, so that lists have pages. */
const PAGE = 3

export interface S3 {
  address: S3Address
  /** As MEDIA_URL has it. */
  url: string
  objects: Map<string, { bytes: Buffer; at: number; type: string | undefined }>
  /** What was asked: `PUT /bucket/name`. */
  asked: string[]
  /** How the next requests are answered, one each: a status, or never, or a byte at a time. */
  trouble: (number | 'hangs' | 'slow')[]
  stop(): Promise<void>
}

export async function startS3(bucket = 'auyl', folder = 'media'): Promise<S3> {
  const objects: S3['objects'] = new Map()
  const asked: string[] = []
  const trouble: S3['trouble'] = []
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray())
    asked.push(`${request.method} ${request.url}`)
    const bad = trouble.shift()
    if (bad === 'hangs') return
    const end = (status: number, bytes: Buffer | string = '') => {
      response.writeHead(status)
      if (request.method === 'HEAD') return response.end()
      if (bad !== 'slow') return response.end(bytes)
      const drip = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(drip))
    }
    if (typeof bad === 'number') return void end(bad, '<Error><Code>Trouble</Code></Error>')
    if (!isSigned(request, body)) return void end(403, '<Error><Code>SignatureDoesNotMatch</Code></Error>')
    const url = new URL(request.url ?? '', 'http://s3')
    const [, own, name = ''] = /^\/([^/]+)\/?(.*)$/.exec(url.pathname) ?? []
    if (own !== bucket) return void end(404, '<Error><Code>NoSuchBucket</Code></Error>')
    const there = objects.get(name)
    if (request.method === 'PUT') {
      objects.set(name, { bytes: body, at: Date.now(), type: request.headers['content-type'] })
      return void end(200)
    }
    if (request.method === 'DELETE') {
      objects.delete(name)
      return void end(204)
    }
    if (name === '') return void end(200, list(url.searchParams))
    return void (there ? end(200, there.bytes) : end(404, '<Error><Code>NoSuchKey</Code></Error>'))
  }

  function list(query: URLSearchParams): string {
    const after = query.get('continuation-token')?.replace('&>', '') ?? ''
    const all = [...objects.keys()].filter((name) => name.startsWith(query.get('prefix') ?? '')).sort()
    const page = all.filter((name) => name > after).slice(0, PAGE)
    const more = page.at(-1) !== undefined && page.at(-1) !== all.at(-1)
    const contents = page.map(
      (name) =>
        `<Contents><Key>${name}</Key><LastModified>${new Date(objects.get(name)?.at ?? 0).toISOString()}</LastModified></Contents>`,
    )
    const next = more ? `<NextContinuationToken>&amp;&#62;${page.at(-1)}</NextContinuationToken>` : ''
    return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`
  }

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const url = `s3+http://${KEY}:${encodeURIComponent(SECRET)}@127.0.0.1:${port}/${bucket}/${folder}?region=kz-ala-1`
  const address = readS3Address(url)
  if (!address) throw new Error('not an address')
  return {
    address,
    url,
    objects,
    asked,
    trouble,
    async stop() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

const hex = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
const mac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const escaped = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function isSigned({ method, url = '', headers }: IncomingMessage, body: Buffer): boolean {
  const header = (name: string) => String(headers[name] ?? '')
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      header('authorization'),
    )
  const [, key, day = '', region = '', names = '', signature] = parts ?? []
  const time = header('x-amz-date')
  const [path = '', query = ''] = url.split('?')
  const fields = [...new URLSearchParams(query)].map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
  const canonical = [
    method,
    path,
    fields.sort().join('&'),
    ...names.split(';').map((name) => `${name}:${header(name).trim()}`),
    '',
    names,
    header('x-amz-content-sha256'),
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const signing = ['s3', 'aws4_request'].reduce(mac, mac(mac(`AWS4${SECRET}`, day), region))
  const text = ['AWS4-HMAC-SHA256', time, scope, hex(canonical)].join('\n')
  const iso = time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  return (
    key === KEY &&
    region === 'kz-ala-1' &&
    time.startsWith(day) &&
    Math.abs(Date.parse(iso) - Date.now()) < 900_000 &&
    ['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.split(';').includes(name)) &&
    header('x-amz-content-sha256') === hex(body) &&
    mac(signing, text).toString('hex') === signature
  )
}
