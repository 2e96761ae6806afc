// Fonts that travel in the kit: of DejaVu what Kazakhstan writes with, without the instructions for screens of few points.
import { readFile } from 'node:fs/promises'

/** Latin with its accents, Cyrillic with the Kazakh letters, dashes and quotation marks, currencies with ₸, №, arrows. */
const KEPT = [
  [0x20, 0x24f],
  [0x2b0, 0x2ff],
  [0x400, 0x52f],
  [0x2000, 0x206f],
  [0x20a0, 0x20bf],
  [0x2100, 0x214f],
  [0x2190, 0x2199],
  [0x2200, 0x2265],
  [0x25a0, 0x25cf],
]
/** What a PDF is made with: outlines, widths, characters, names, and how letters stand beside each other. */
const TABLES = [
  'GDEF',
  'GPOS',
  'GSUB',
  'OS/2',
  'cmap',
  'glyf',
  'head',
  'hhea',
  'hmtx',
  'loca',
  'maxp',
  'name',
  'post',
]
/** Of a glyph that is made of others: words, a scale, two scales, four; more follow; instructions. */
const [WORDS, SCALE, MORE, SCALES, MATRIX, HINTS] = [0x1, 0x8, 0x20, 0x40, 0x80, 0x100]
/** In monospace stand codes only. */
const CODES = [[0x20, 0x7e]]

/** The source of a module in the place of src/documents/font-source.ts. */
export async function fontModule() {
  const made = await Promise.all([
    embedded('plain', 'DejaVuSans', KEPT),
    embedded('bold', 'DejaVuSans-Bold', KEPT),
    embedded('mono', 'DejaVuSansMono', CODES),
  ])
  return `const FONTS = { ${made.join(', ')} }
export const fontSource = (face) => Uint8Array.from(atob(FONTS[face]), (letter) => letter.charCodeAt(0))`
}

async function embedded(face, name, characters) {
  const font = await readFile(new URL(`node_modules/dejavu-fonts-ttf/ttf/${name}.ttf`, import.meta.url))
  return `${face}: '${smaller(font, characters).toString('base64')}'`
}

/** The same font with the outlines of the kept characters only: every glyph keeps its number. */
function smaller(font, characters) {
  const tables = tablesOf(font)
  const [glyf, loca] = [tables.get('glyf'), tables.get('loca')]
  const long = tables.get('head').readInt16BE(50) === 1
  const count = tables.get('maxp').readUInt16BE(4)
  const start = (glyph) => (long ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph))
  const outline = (glyph) => glyf.subarray(start(glyph), start(glyph + 1))
  const kept = new Set([0])
  const keep = (glyph) => {
    if (kept.has(glyph)) return
    kept.add(glyph)
    for (const part of partsOf(outline(glyph))) keep(part)
  }
  for (const [from, to] of characters) for (const glyph of glyphsOf(tables.get('cmap'), from, to)) keep(glyph)
  const [outlines, places] = [[], Buffer.alloc(4 * (count + 1))]
  let at = 0
  for (let glyph = 0; glyph < count; glyph++) {
    places.writeUInt32BE(at, 4 * glyph)
    if (!kept.has(glyph)) continue
    const plain = withoutHints(outline(glyph))
    // Even, as every place has to be.
    outlines.push(plain, Buffer.alloc(plain.length & 1))
    at += plain.length + (plain.length & 1)
  }
  places.writeUInt32BE(at, 4 * count)
  const head = Buffer.from(tables.get('head'))
  head.writeInt16BE(1, 50)
  // Without the glyphs' names.
  const post = Buffer.from(tables.get('post').subarray(0, 32))
  post.writeUInt32BE(0x00030000, 0)
  const changed = { glyf: Buffer.concat(outlines), loca: places, head, post }
  return written(new Map([...tables, ...Object.entries(changed)]))
}

function tablesOf(font) {
  const tables = new Map()
  for (let at = 12; at < 12 + 16 * font.readUInt16BE(4); at += 16) {
    const [offset, length] = [font.readUInt32BE(at + 8), font.readUInt32BE(at + 12)]
    tables.set(font.toString('latin1', at, at + 4), font.subarray(offset, offset + length))
  }
  return tables
}

/** The glyphs of these characters, by the table of the plane that all of them lie in (format 4). */
function glyphsOf(cmap, from, to) {
  const records = Array.from({ length: cmap.readUInt16BE(2) }, (_, at) => cmap.readUInt32BE(4 + 8 * at + 4))
  const table = records.map((at) => cmap.subarray(at)).find((one) => one.readUInt16BE(0) === 4)
  if (!table) throw new Error('the font has no table of characters that is known here')
  const [segments, ends] = [table.readUInt16BE(6), 14]
  const glyphs = []
  for (let at = 0; at < segments; at += 2) {
    const end = table.readUInt16BE(ends + at)
    const first = table.readUInt16BE(ends + 2 + segments + at)
    const delta = table.readUInt16BE(ends + 2 + 2 * segments + at)
    const ranges = ends + 2 + 3 * segments + at
    const range = table.readUInt16BE(ranges)
    for (let code = Math.max(first, from); code <= Math.min(end, to); code++) {
      const glyph = range === 0 ? code : table.readUInt16BE(ranges + range + 2 * (code - first))
      if (range === 0 || glyph !== 0) glyphs.push((glyph + delta) & 0xffff)
    }
  }
  return glyphs
}

/** Where the parts of a glyph that is made of others stand, and where they end. */
function partsAt(outline) {
  const at = []
  let next = 10
  for (let flags = MORE; flags & MORE; ) {
    at.push(next)
    flags = outline.readUInt16BE(next)
    next += 4 + (flags & WORDS ? 4 : 2)
    next += flags & SCALE ? 2 : flags & SCALES ? 4 : flags & MATRIX ? 8 : 0
  }
  return { at, end: next }
}

const isMadeOfOthers = (outline) => outline.length > 0 && outline.readInt16BE(0) < 0

/** The glyphs that a glyph is made of. */
const partsOf = (outline) =>
  isMadeOfOthers(outline) ? partsAt(outline).at.map((at) => outline.readUInt16BE(at + 2)) : []

/** The same outline without its instructions. */
function withoutHints(outline) {
  if (outline.length === 0) return outline
  if (isMadeOfOthers(outline)) {
    const { at, end } = partsAt(outline)
    const plain = Buffer.from(outline.subarray(0, end))
    for (const part of at) plain.writeUInt16BE(plain.readUInt16BE(part) & ~HINTS, part)
    return plain
  }
  const hints = 10 + 2 * outline.readInt16BE(0)
  const rest = outline.subarray(hints + 2 + outline.readUInt16BE(hints))
  return Buffer.concat([outline.subarray(0, hints), Buffer.alloc(2), rest])
}

/** A font file of these tables; nobody here reads its sums. */
function written(tables) {
  const names = TABLES.filter((name) => tables.has(name))
  const head = Buffer.alloc(12 + 16 * names.length)
  head.writeUInt32BE(0x00010000, 0)
  head.writeUInt16BE(names.length, 4)
  const bodies = []
  let at = head.length
  for (const [place, name] of names.entries()) {
    const body = tables.get(name)
    head.write(name, 12 + 16 * place, 'latin1')
    head.writeUInt32BE(at, 12 + 16 * place + 8)
    head.writeUInt32BE(body.length, 12 + 16 * place + 12)
    bodies.push(body, Buffer.alloc(-body.length & 3))
    at += body.length + (-body.length & 3)
  }
  return Buffer.concat([head, ...bodies])
}
