// How wide a text is in our fonts, so that what is drawn fits: cut to one line, or broken into several.
import { graphemeCut } from '../core/text.ts'
import { openPdf, setFont } from './pdf.ts'

export interface Ruler {
  width(text: string, size: number, bold?: boolean): number
  /** The text, or as much of it as fits with an ellipsis. */
  cut(text: string, size: number, room: number, bold?: boolean): string
  /** At most `lines` lines, broken at spaces (not at those that hold together); the last one is cut. */
  wrap(text: string, size: number, room: number, lines: number, bold?: boolean): string[]
}

/** Measures with the fonts of our papers; the unit is that of `size`. */
export function openRuler(): Ruler {
  const pdf = openPdf('')
  const width: Ruler['width'] = (text, size, bold = false) =>
    setFont(pdf, bold ? 'bold' : 'plain', size).widthOfString(text)
  const cut: Ruler['cut'] = (text, size, room, bold) => {
    if (width(text, size, bold) <= room) return text
    let [fits, over] = [0, text.length]
    while (over - fits > 1) {
      const middle = Math.floor((fits + over) / 2)
      if (width(graphemeCut(text, middle), size, bold) <= room) fits = middle
      else over = middle
    }
    return graphemeCut(text, fits)
  }
  return {
    width,
    cut,
    wrap(text, size, room, lines, bold) {
      const words = text.split(/[^\S\u00a0\u202f]+/).filter((word) => word !== '')
      const made: string[] = []
      for (const [at, word] of words.entries()) {
        const line = made.at(-1)
        if (line !== undefined && width(`${line} ${word}`, size, bold) <= room)
          made[made.length - 1] = `${line} ${word}`
        else if (made.length < lines) made.push(word)
        else {
          made[made.length - 1] = `${line} ${words.slice(at).join(' ')}`
          break
        }
      }
      return made.map((line) => cut(line, size, room, bold))
    },
  }
}
