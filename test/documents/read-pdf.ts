// Reads back what our own PDF files say: the text of each page and the fonts, from the bytes alone.
import { inflateSync } from 'node:zlib'

/** `smallest`: the smallest size of a text, in points. */
export type ReadPdf = { pages: string[]; fonts: { name: string; embedded: boolean }[]; smallest: number }

/** The pages with their texts as drawn, a line a call; understands only how pdfkit writes embedded fonts. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const objects = new Map<string, { head: string; stream: string }>()
  const raw = Buffer.from(bytes).toString('latin1')
  for (const [, id = '', body = ''] of raw.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const at = body.indexOf('stream\n')
    const head = at < 0 ? body : body.slice(0, at)
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0)
    const packed = Buffer.from(at < 0 ? '' : body.slice(at + 7, at + 7 + length), 'latin1')
    const stream = head.includes('/FlateDecode') && packed.length > 0 ? inflateSync(packed) : packed
    objects.set(id, { head, stream: stream.toString('latin1') })
  }
  const heads = [...objects.values()].map(({ head }) => head)
  const letters = new Map<string, Map<number, string>>()
  for (const head of heads) {
    for (const [, name = '', id = ''] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.head ?? '')?.[1] ?? ''
      letters.set(name, lettersOf(objects.get(map)?.stream ?? ''))
    }
  }
  const contents = heads
    .filter((head) => /\/Type \/Page\b(?!s)/.test(head))
    .map((head) => objects.get(/\/Contents (\d+) 0 R/.exec(head)?.[1] ?? '')?.stream ?? '')
  const pages = contents.map((content) => textOf(content, letters))
  const sizes = contents.flatMap((content) => [...content.matchAll(/\/F\d+ ([\d.]+) Tf/g)])
  const smallest = Math.min(...sizes.map(([, size]) => Number(size)))
  const fonts = heads
    .filter((head) => head.includes('/Type /FontDescriptor'))
    .map((head) => ({
      name: /\/FontName \/[A-Z]+\+(\S+)/.exec(head)?.[1] ?? '',
      embedded: /\/FontFile2 \d+ 0 R/.test(head),
    }))
  return { pages, fonts, smallest }
}

function lettersOf(map: string): Map<number, string> {
  const letters = new Map<number, string>()
  for (const [, start = '', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g)) {
    for (const [at, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
      const units = (hex.replaceAll(' ', '').match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16))
      letters.set(Number.parseInt(start, 16) + at, String.fromCharCode(...units))
    }
  }
  return letters
}

function textOf(content: string, letters: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let font: ReadonlyMap<number, string> = new Map()
  const lines: string[] = []
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = letters.get(name) ?? new Map()
    const hex = [...(shown ?? '').matchAll(/<([0-9a-f]*)>/g)].map(([, part]) => part).join('')
    const text = (hex.match(/.{4}/g) ?? [])
      .map((glyph) => font.get(Number.parseInt(glyph, 16)) ?? '?')
      .join('')
    if (text !== '') lines.push(text.trim())
  }
  return lines.join('\n')
}
