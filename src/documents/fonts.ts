// Where the font files are. DejaVu has all nine Kazakh letters in both cases.
import { packagedFile } from '../beside.ts'

const FILES = { plain: 'DejaVuSans.ttf', bold: 'DejaVuSans-Bold.ttf', mono: 'DejaVuSansMono.ttf' } as const

export type FontFace = keyof typeof FILES

/** The path of a font file. Throws when the installation has none: nothing can be printed without. */
export const fontFile = (face: FontFace): string =>
  packagedFile(`fonts/${FILES[face]}`, `dejavu-fonts-ttf/ttf/${FILES[face]}`)
