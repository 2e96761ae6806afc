// Where the font files are: beside the bundle, or in the source tree. DejaVu has all nine Kazakh letters in both cases.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FILES = { plain: 'DejaVuSans.ttf', bold: 'DejaVuSans-Bold.ttf', mono: 'DejaVuSansMono.ttf' } as const

export type FontFace = keyof typeof FILES

/** The path of a font file. Throws when the installation has none: nothing can be printed without. */
export function fontFile(face: FontFace): string {
  const places = ['./fonts/', '../../node_modules/dejavu-fonts-ttf/ttf/']
  const files = places.map((place) => fileURLToPath(new URL(`${place}${FILES[face]}`, import.meta.url)))
  const found = files.find((file) => existsSync(file))
  if (found === undefined) throw new Error(`the font ${FILES[face]} is missing`)
  return found
}
