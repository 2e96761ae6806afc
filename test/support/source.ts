// Reads TypeScript without a compiler: what is code, what is a string, what is imported. Comments and strings do not fool it.
import { readdir, readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'

/** A string literal, or a piece of a template. `open`: `${…}` follows, so this is only the head of the text. */
export type Literal = { at: number; text: string; open: boolean }
/** `code`: as long as the text, with comments, strings and regular expressions blanked (their quotes stay). */
export type Source = { text: string; code: string; literals: Literal[] }
/** `spec` is undefined for an `import(…)` whose argument is not a literal. `open`: only the head of it is known. */
export type Import = { spec: string | undefined; open: boolean; form: 'import' | 'export' | 'dynamic' }

// A slash opens a regular expression behind an operator, not behind a value (`x! / 2` divides).
const BEFORE_REGEX =
  /(?:^|[(,=:[&|?{};+\-*%<>~^]|(?<![\w\])])!|\b(?:return|typeof|case|in|of|void|delete|await|yield|do|else))\s*$/

/** Splits a file into code and literals. */
export function readSource(text: string): Source {
  const code = text.split('')
  const literals: Literal[] = []
  const templates: number[] = []
  let depth = 0
  let i = 0

  const blank = (from: number, to: number) => {
    for (let k = from; k < to; k++) if (code[k] !== '\n') code[k] = ' '
  }
  const skipTo = (end: number) => {
    blank(i, end)
    i = end
  }
  /** From `i`, just behind a quote, a backtick or a `}` of a template, to its end. */
  const literal = (ends: string) => {
    const start = i
    while (i < text.length && !text.startsWith(ends, i)) {
      if (ends === '`' && text.startsWith('${', i)) break
      i += text[i] === '\\' ? 2 : 1
    }
    const open = text.startsWith('${', i) && ends === '`'
    literals.push({ at: start - 1, text: text.slice(start, i), open })
    blank(start, i)
    if (open) {
      code[i] = ' '
      templates.push(depth++)
      i += 2
    } else i++
  }

  while (i < text.length) {
    const c = text[i] as string
    if (text.startsWith('//', i)) skipTo(endOf(text, '\n', i))
    else if (text.startsWith('/*', i)) skipTo(Math.min(text.length, endOf(text, '*/', i) + 2))
    else if (c === '/' && BEFORE_REGEX.test(code.slice(Math.max(0, i - 40), i).join('')))
      skipTo(endOfRegex(text, i))
    else if (c === "'" || c === '"' || c === '`') {
      i++
      literal(c)
    } else {
      i++
      if (c === '{') depth++
      if (c === '}' && --depth === templates.at(-1)) {
        templates.pop()
        literal('`')
      }
    }
  }
  return { text, code: code.join(''), literals }
}

const endOf = (text: string, mark: string, from: number): number => {
  const at = text.indexOf(mark, from)
  return at < 0 ? text.length : at
}

function endOfRegex(text: string, from: number): number {
  let inClass = false
  for (let i = from + 1; i < text.length && text[i] !== '\n'; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '[') inClass = true
    else if (text[i] === ']') inClass = false
    else if (text[i] === '/' && !inClass) return i + 1
  }
  return from + 1
}

/** Every import, export-from, import(…) and require(…) of a file; imports of types too. */
export function importsOf(source: Source): Import[] {
  const at = new Map(source.literals.map((literal) => [literal.at, literal]))
  const found: Import[] = []
  const collect = (pattern: RegExp, form: Import['form']) => {
    for (const match of source.code.matchAll(pattern)) {
      const literal = at.get(match.index + match[0].length - 1)
      found.push({ spec: literal?.text, open: literal?.open ?? false, form })
    }
  }
  collect(/(?<![.\w$])import(?=[\s{*'"])\s*(?:[^;'"`()]*?\bfrom\s*)?['"]/g, 'import')
  collect(/(?<![.\w$])export\s*(?:type\s*)?(?:\*(?:\s*as\s+[\w$]+)?|\{[^}]*\})\s*from\s*['"]/g, 'export')
  collect(/(?<![.\w$])(?:import|require|require\.resolve)\s*\(\s*\S/g, 'dynamic')
  return found
}

/** 'bot/vote/view.ts' + '../api.ts' → 'bot/api.ts'; undefined for what is not a relative path. */
export const resolveImport = (file: string, spec: string): string | undefined =>
  spec.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file), spec)) : undefined

/** Path below `folder` (with /) → text, of the files whose names end so. */
export async function readTree(folder: string, endings: readonly string[]): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  return new Map(
    files.map((file, n) => [file.slice(folder.length).replaceAll('\\', '/'), texts[n] as string]),
  )
}
