// A walk that stands in a document as a table: who presses and writes what, row by row, as it is read there.

export type Deed =
  | { does: 'presses'; label: string }
  | { does: 'writes'; text: string }
  /** A file goes to the bot. */
  | { does: 'sends'; file: string }
  | { does: 'types'; line: string }

export interface Row {
  who: string
  deeds: Deed[]
  /** What then stands there; empty: nothing that is looked at. */
  sees: string
}

const SERVER = 'server'

/** The table under this heading. Throws where there is none, or a cell says something that nobody can do. */
export function walkIn(document: string, heading: string): Row[] {
  const [, section] = document.split(`\n## ${heading}\n`)
  if (section === undefined) throw new Error(`no section ${heading}`)
  const lines = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| '))
  return lines.slice(2).map((line) => {
    const [, , who = '', what = '', sees = ''] = line.split('|').map((cell) => cell.trim())
    const deeds = [...what.matchAll(/\*\*([^*]+)\*\*|`([^`]+)`/g)].map(([, label, code]) =>
      label === undefined ? written(who, code ?? '') : ({ does: 'presses', label } as const),
    )
    if (who === '' || deeds.length === 0 || what.replace(/\*\*[^*]+\*\*|`[^`]+`/g, '').trim() !== '')
      throw new Error(`not a row of a walk: ${line}`)
    return { who, deeds, sees }
  })
}

function written(who: string, code: string): Deed {
  if (who === SERVER) return { does: 'types', line: code.replace(/^dauys /, '') }
  const [, file] = /^📎 (\S+)$/.exec(code) ?? []
  return file === undefined ? { does: 'writes', text: code.replaceAll(' ⏎ ', '\n') } : { does: 'sends', file }
}
