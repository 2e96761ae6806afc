// Which use cases are acts of staff, and through which doors people reach them: read off the source.

/** A use case that asks for a role, and the files of `bot/` and `cli/` that name it. */
export interface StaffAct {
  name: string
  chat: string[]
  command: string[]
}

/** Top-level functions of a file by name, each with its whole text. */
function functionsOf(text: string): Map<string, { exported: boolean; body: string }> {
  const found = new Map<string, { exported: boolean; body: string }>()
  const starts = [...text.matchAll(/^(export )?(?:async )?(?:const|function) (\w+)/gm)]
  for (const [at, match] of starts.entries()) {
    const body = text.slice(match.index, starts[at + 1]?.index ?? text.length)
    found.set(match[2] ?? '', { exported: match[1] !== undefined, body })
  }
  return found
}

const ASKS = /\bmayAct(?:InCycle)?\(/

/** Exported functions of other use cases that call this one: a door to them is a door to it. */
function waysTo(src: ReadonlyMap<string, string>, name: string, own: string): string[] {
  const calls = new RegExp(`\\b${name}\\(`)
  return [...src].flatMap(([file, text]) =>
    file.startsWith('use-cases/') && file !== own && calls.test(text)
      ? [...functionsOf(text)].flatMap(([other, { exported, body }]) =>
          exported && calls.test(body) ? [other] : [],
        )
      : [],
  )
}

/** `src`: file → text. Acts that only other use cases reach are none of their own. */
export function staffActs(src: ReadonlyMap<string, string>): StaffAct[] {
  const acts: StaffAct[] = []
  for (const [file, text] of src) {
    if (!file.startsWith('use-cases/') || file === 'use-cases/may-act.ts' || !ASKS.test(text)) continue
    const functions = functionsOf(text)
    const asking = new Set([...functions].flatMap(([name, { body }]) => (ASKS.test(body) ? [name] : [])))
    for (let before = -1; before !== asking.size; ) {
      before = asking.size
      for (const [name, { body }] of functions)
        if ([...asking].some((one) => one !== name && new RegExp(`\\b${one}\\(`).test(body))) asking.add(name)
    }
    for (const name of asking) {
      if (!functions.get(name)?.exported) continue
      const named = (folder: string, names: readonly string[]) => {
        const ways = new RegExp(`\\b(?:${names.join('|')})\\b`)
        return [...src].flatMap(([other, code]) =>
          other.startsWith(folder) && ways.test(code) ? [other] : [],
        )
      }
      if ([...named('bot/', [name]), ...named('cli/', [name])].length === 0) continue
      const ways = [name, ...waysTo(src, name, file)]
      acts.push({ name, chat: named('bot/', ways), command: named('cli/', ways) })
    }
  }
  return acts.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}
