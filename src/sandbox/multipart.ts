// Reads multipart/form-data: text fields and uploaded files.
import type { Params, Upload } from './params.ts'

const lineEnd = Buffer.from('\r\n\r\n')

function attribute(header: string, name: string): string | undefined {
  const match = new RegExp(`[; ]${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(header)
  return match?.[1] ?? match?.[2]
}

/** Splits `body` at `boundary`; undefined when it is not well-formed. */
export function parseMultipart(
  body: Buffer,
  boundary: string,
): { params: Params; uploads: Map<string, Upload> } | undefined {
  const mark = Buffer.from(`--${boundary}`)
  const params: Params = {}
  const uploads = new Map<string, Upload>()
  let at = body.indexOf(mark)
  if (at < 0) return undefined
  for (;;) {
    at += mark.length
    if (body[at] === 0x2d && body[at + 1] === 0x2d) return { params, uploads }
    const headEnd = body.indexOf(lineEnd, at)
    const next = headEnd < 0 ? -1 : body.indexOf(mark, headEnd)
    if (next < 0) return undefined
    const head = body.toString('utf8', at, headEnd)
    const data = body.subarray(headEnd + 4, next - 2)
    const disposition = /content-disposition:([^\r\n]*)/i.exec(head)?.[1] ?? ''
    const name = attribute(disposition, 'name')
    const file = attribute(disposition, 'filename')
    if (name !== undefined) {
      if (file === undefined) params[name] = data.toString('utf8')
      else {
        const mime = /content-type:\s*([^\r\n;]+)/i.exec(head)?.[1]?.trim() ?? 'application/octet-stream'
        uploads.set(name, { name: file, mime, data: Buffer.from(data) })
      }
    }
    at = next
  }
}
