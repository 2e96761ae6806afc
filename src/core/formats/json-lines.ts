// On which line of a JSON text each value stands, so that a person is told where to look.

/** `places[1].budget` → 12; the whole text is ``. The text must be JSON. Of a key that stands twice the last one counts. */
export function linesOfJson(text: string): Map<string, number> {
  const lines = new Map<string, number>()
  let at = 0
  let line = 1
  const blank = () => {
    for (; at < text.length && /[\s,:]/.test(text[at] as string); at++) if (text[at] === '\n') line++
  }
  const string = (): string => {
    const from = at++
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    return JSON.parse(text.slice(from, ++at)) as string
  }
  const value = (path: string): void => {
    blank()
    lines.set(path, line)
    if (text[at] === '"') string()
    else if (text[at] === '{') inside('}', () => (path === '' ? string() : `${path}.${string()}`))
    else if (text[at] === '[') {
      let index = 0
      inside(']', () => `${path}[${index++}]`)
    } else while (at < text.length && !/[\s,\]}]/.test(text[at] as string)) at++
  }
  const inside = (end: string, pathOf: () => string): void => {
    at++
    for (blank(); text[at] !== end; blank()) value(pathOf())
    at++
  }
  value('')
  return lines
}

/** `['places', 1, 'budget']` → `places[1].budget`. */
export const jsonPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  )
