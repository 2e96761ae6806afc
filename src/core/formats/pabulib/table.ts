// The outer form of a .pb file: three sections of `;`-separated cells, with line numbers kept for whoever must repair it.

export type Section = 'META' | 'PROJECTS' | 'VOTES'

/** A row with something in it; `line` counts from 1, cells are trimmed. */
export type Row = { readonly line: number; readonly cells: readonly string[] }

export type Table = {
  readonly header: readonly string[]
  readonly headerLine: number
}

export const sections: readonly Section[] = ['META', 'PROJECTS', 'VOTES']

/** Reads a quoted cell from behind its `"`. A quote inside is doubled. Without an `end` its quote is still open. */
function quoted(line: string, from: number): { cell: string; end?: number } {
  let cell = ''
  let at = from
  for (;;) {
    const close = line.indexOf('"', at)
    if (close < 0) return { cell: cell + line.slice(at) }
    cell += line.slice(at, close)
    if (line[close + 1] !== '"') {
      const stop = line.indexOf(';', close)
      const end = stop < 0 ? line.length : stop
      return { cell: cell + line.slice(close + 1, end), end }
    }
    cell += '"'
    at = close + 2
  }
}

/** Cells of a row; `open`, if it is there, is the text of a last one whose quote is still open at the end of the line. */
export type Cells = { cells: string[]; open?: string }

/** The cells of a line; a quote counts only at the start of a cell. `before`: the row began on an earlier line. */
export function cellsOf(line: string, before?: Cells): Cells {
  if (!before && !line.includes('"')) return { cells: line.split(';').map((cell) => cell.trim()) }
  const cells = before?.cells ?? []
  let at = 0
  let inside = before?.open
  for (;;) {
    const start = at + (/^[ \t]*/.exec(line.slice(at, at + 64))?.[0].length ?? 0)
    if (inside !== undefined || line[start] === '"') {
      const { cell, end } = quoted(line, inside === undefined ? start + 1 : 0)
      const text = inside === undefined ? cell : `${inside}\n${cell}`
      if (end === undefined) return { cells, open: text }
      cells.push(text.trim())
      inside = undefined
      at = end
    } else {
      const stop = line.indexOf(';', at)
      const end = stop < 0 ? line.length : stop
      cells.push(line.slice(at, end).trim())
      at = end
    }
    if (at >= line.length) return { cells }
    at += 1
  }
}

/** The section that a row begins: its title, alone in the row. */
export function titleOf({ cells }: Row): Section | undefined {
  const [title = ''] = cells
  const found = sections.find(({ length }) => length === title.length) && title.toUpperCase()
  const section = found ? sections.find((one) => one === found) : undefined
  return section && cells.every((cell, at) => at === 0 || cell === '') ? section : undefined
}
