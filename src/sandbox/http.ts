// The HTTP side shared by the Bot API and the control API: reading bodies, writing answers.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { parseMultipart } from './multipart.ts'
import type { Params, Upload } from './params.ts'
import { isObject } from './params.ts'

/** Reads a whole body; undefined when it is longer than `limit` bytes. Rejects when the caller hangs up. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (request.method === 'GET' || request.method === 'HEAD') return Promise.resolve(Buffer.alloc(0))
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    request.on('data', (part: Buffer) => {
      size += part.length
      if (size <= limit) parts.push(part)
      else parts.length = 0
    })
    request.on('end', () => resolve(size > limit ? undefined : Buffer.concat(parts)))
    request.on('error', reject)
    request.on('close', () => reject(new Error('the caller hung up')))
  })
}

/** A path with its %XX undone as Telegram does it: what is no such code, or no UTF-8, stays as it is. */
export function decodePath(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (coded) => {
    try {
      return decodeURIComponent(coded)
    } catch {
      return coded
    }
  })
}

export interface Form {
  params: Params
  uploads: Map<string, Upload>
}
const noUploads = new Map<string, Upload>()

/** Query string and body (JSON, urlencoded or multipart) as one set of parameters; undefined when the body cannot be read. */
export function readForm(query: URLSearchParams, contentType: string, body: Buffer): Form | undefined {
  const params: Params = Object.fromEntries(query)
  if (body.length === 0) return { params, uploads: noUploads }
  const type = contentType.toLowerCase()
  if (type.startsWith('application/json')) {
    try {
      const value = JSON.parse(body.toString('utf8')) as unknown
      return isObject(value) ? { params: { ...params, ...value }, uploads: noUploads } : undefined
    } catch {
      return undefined
    }
  }
  if (type.startsWith('multipart/form-data')) {
    const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)
    const parsed = parseMultipart(body, boundary?.[1] ?? boundary?.[2] ?? '')
    return parsed && { params: { ...params, ...parsed.params }, uploads: parsed.uploads }
  }
  return {
    params: { ...params, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) },
    uploads: noUploads,
  }
}

/** Writes `body` in full; returns its size in bytes. */
export function writeBody(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): number {
  const size = typeof body === 'string' ? Buffer.byteLength(body) : body.length
  if (response.destroyed || response.headersSent) return 0
  response.writeHead(status, { 'content-type': type, 'content-length': size, ...headers })
  response.end(body)
  return size
}

export const writeJson = (response: ServerResponse, status: number, value: unknown): number =>
  writeBody(response, status, 'application/json; charset=utf-8', JSON.stringify(value), {
    'cache-control': 'no-store',
  })
