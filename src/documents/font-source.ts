// Where a document reads its fonts: from files. The kit has none beside it: its build puts fonts that travel in the page in the place of this file.
import { type FontFace, fontFile } from './fonts.ts'

/** A path, or the bytes of the font. */
export const fontSource = (face: FontFace): string | Uint8Array => fontFile(face)
