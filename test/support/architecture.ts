// The rules of the tree, as functions over path → text, so that each can be shown a made-up tree that breaks it.
// A fault is one line: the file and what is wrong with it.
import { type Import, importsOf, readSource, resolveImport, type Source } from './source.ts'

export type Files = ReadonlyMap<string, string>
/** What a folder of src/, or a file that lies right in it, may import. `*` is anything, inside a path
 * anything but a slash; a path that starts with `../` lies beside src/. */
export type Row = { ours: readonly string[]; npm: readonly string[]; node: boolean }
export type Table = Readonly<Record<string, Row>>

const STORE_ONLY = ['drizzle-orm', 'drizzle-kit', 'postgres']
const NAMELESS = /(?:^|\/)(?:types|utils|helpers|interfaces)\.\w+$/
const KEBAB = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)*[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)+$/
const LONGEST = 300

/** 'bot/vote/view.ts' → 'bot'; 'i18n.ts' → 'i18n'. */
export const zoneOf = (file: string): string =>
  (file.includes('/') ? file.split('/')[0] : file.split('.')[0]) as string

/** The folder of a feature: 'bot/vote/screens/points.ts' → 'vote'; undefined for files of bot/ itself. */
const featureOf = (file: string): string | undefined => /^bot\/([^/]+)\//.exec(file)?.[1]

const packageOf = (spec: string): string => spec.split('/', spec.startsWith('@') ? 2 : 1).join('/')

function matches(pattern: string, name: string): boolean {
  if (pattern === '*') return true
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\/]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^/]*')}$`).test(name)
}

/** Imports that the table does not allow, and the rules that no table can lift. */
export function importFaults(files: Files, table: Table): string[] {
  return [...files].flatMap(([file, text]) => {
    const row = table[zoneOf(file)]
    if (!row) return [`${file}: the table has no row for ${zoneOf(file)}`]
    return importsOf(readSource(text)).flatMap((found) => {
      const wrong = importFault(file, row, found, files)
      return wrong ? [`${file}: ${wrong}`] : []
    })
  })
}

function importFault(file: string, row: Row, { spec, open }: Import, files: Files): string | undefined {
  if (spec === undefined || (open && spec.startsWith('.')))
    return 'imports a computed path, which nobody can check'
  if (spec.startsWith('node:')) return row.node ? undefined : `may not import ${spec}`
  const target = resolveImport(file, spec)
  if (target === undefined) return npmFault(file, row, spec)
  if (target.startsWith('../')) {
    return row.ours.some((entry) => matches(entry, target)) ? undefined : `imports ${spec} from outside src`
  }
  if (!files.has(target)) return `imports ${spec}, which is not there (extension?)`
  return oursFault(file, row, target)
}

function npmFault(file: string, row: Row, spec: string): string | undefined {
  const name = packageOf(spec)
  if (STORE_ONLY.includes(name) && zoneOf(file) !== 'store') return `only store may import ${name}`
  return row.npm.some((allowed) => matches(allowed, name)) ? undefined : `may not import the package ${name}`
}

function oursFault(file: string, row: Row, target: string): string | undefined {
  const [from, to] = [zoneOf(file), zoneOf(target)]
  if (from === to) {
    const [mine, other] = [featureOf(file), featureOf(target)]
    const apart = mine !== undefined && other !== undefined && mine !== other
    return apart ? `the feature ${mine} may not import the feature ${other}` : undefined
  }
  if (to === 'sandbox' && target !== 'sandbox/start.ts') return `of the sandbox only start.ts, not ${target}`
  const allowed = row.ours.some((entry) => entry === to || matches(entry, target))
  return allowed ? undefined : `may not import ${target}`
}

/** Circles of imports, each told once, from its first file in the alphabet. */
export function circleFaults(files: Files): string[] {
  const next = new Map(
    [...files].map(([file, text]) => {
      const targets = importsOf(readSource(text)).map(({ spec }) =>
        spec ? resolveImport(file, spec) : undefined,
      )
      return [file, targets.filter((target) => target !== undefined && files.has(target)) as string[]]
    }),
  )
  const done = new Set<string>()
  const circles = new Set<string>()
  const walk = (file: string, path: readonly string[]) => {
    const start = path.indexOf(file)
    if (start >= 0) {
      const circle = path.slice(start)
      const first = circle.indexOf([...circle].sort()[0] as string)
      circles.add([...circle.slice(first), ...circle.slice(0, first + 1)].join(' → '))
      return
    }
    if (done.has(file)) return
    for (const target of next.get(file) ?? []) walk(target, [...path, file])
    done.add(file)
  }
  for (const file of files.keys()) walk(file, [])
  return [...circles]
}

/** Names and shape of any code file: kebab-case, no drawer for odds and ends, a first line that says what it is, short. */
export function shapeFaults(files: Files): string[] {
  return [...files].flatMap(([file, text]) => {
    const faults: string[] = []
    const [first = '', second = ''] = text.split('\n')
    const head = first.startsWith('#!') ? second : first
    const lines = text.trimEnd().split('\n').length
    if (NAMELESS.test(file))
      faults.push('a name that says nothing: put each thing with the code that makes it')
    if (!KEBAB.test(file)) faults.push('not named in kebab-case')
    if (!/^(?:\/\/ \S|\/\*+ \S|<!-- \S)/.test(head))
      faults.push('its first line is not a comment that says what it is')
    if (lines > LONGEST && !/300\+: \S/.test(head))
      faults.push(`${lines} lines and no reason (300+: …) in the first`)
    return faults.map((fault) => `${file}: ${fault}`)
  })
}

/** State and acts of a module: nothing changes and nothing runs on import (but main.ts), one reader of the environment. */
export function moduleFaults(files: Files): string[] {
  return [...files].flatMap(([file, text]) => {
    const source = readSource(text)
    const faults = [
      ...topLevelFaults(file, source),
      ...environmentFaults(file, source),
      ...indexFaults(file, source),
    ]
    if (['core', 'sealing'].includes(zoneOf(file))) faults.push(...impureFaults(source))
    return faults.map((fault) => `${file}: ${fault}`)
  })
}

/** The lines that start a statement of the module itself; formatted code starts no other line in column one. */
function topLevelFaults(file: string, { code }: Source): string[] {
  const faults: string[] = []
  let depth = 0
  for (const line of code.split('\n')) {
    if (depth === 0 && /^(?:export\s+)?(?:let|var)\b/.test(line)) faults.push(`module-level ${line.trim()}`)
    const runs =
      /^[\w$[({+!~-]/.test(line) &&
      !/^(?:import|export|const|let|var|function|async function|class|abstract class|type|interface|declare)\b/.test(
        line,
      )
    if (depth === 0 && runs && file !== 'main.ts') faults.push(`runs on import: ${line.trim()}`)
    if (depth === 0 && /^export default\b/.test(line)) faults.push('export default')
    depth += (line.match(/[{([]/g)?.length ?? 0) - (line.match(/[})\]]/g)?.length ?? 0)
  }
  return faults
}

function environmentFaults(file: string, { text, code }: Source): string[] {
  if (file === 'config.ts' || file === 'main.ts') return []
  const reads =
    /\bprocess\s*\??\.\s*env\b/.test(code) ||
    /\bprocess\s*\[\s*['"]env/.test(text) ||
    /\{[^{}]*\benv\b[^{}]*\}\s*=\s*process\b/.test(code) ||
    /import\s*\{[^}]*\benv\b[^}]*\}\s*from\s*'node:process'/.test(text)
  return reads ? ['reads process.env, which only config.ts may'] : []
}

/** An index.ts is a registry: it holds a value of its own and hands nothing through. Nobody re-exports everything. */
function indexFaults(file: string, { code }: Source): string[] {
  const faults: string[] = []
  const passesOn = /\bexport\s*(?:type\s*)?(?:\*|\{[^}]*\})/.test(code)
  if (/\bexport\s*(?:type\s*)?\*/.test(code)) faults.push('export *: import from the file itself')
  if (!/(?:^|\/)index\.\w+$/.test(file)) return faults
  if (passesOn || !/^export const\b/m.test(code)) faults.push('an index.ts is a registry or nothing')
  return faults
}

/** What a pure function may not touch: clocks, chance, the machine, the network. */
function impureFaults({ code }: Source): string[] {
  const touched = code.match(
    /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b|(?<![.\w])(?:process|Buffer|console|crypto|globalThis)\.|(?<![.\w])(?:fetch|setTimeout|setInterval|setImmediate|queueMicrotask|require)\(|\b__dirname\b|\bimport\.meta\b/g,
  )
  return (touched ?? []).map((what) => `touches ${what.trim()}, and it must stay pure`)
}

/** A function that no longer fits on a screen and a half of a reader: half a screen is the aim. */
const LONGEST_FUNCTION = 60
const STARTS =
  /^(\s*)(?:export )?(?:async )?(?:function\b|const \w+ = (?:async )?(?:<[^>]*>)?\(|(?:async )?[\w$]+(?:<[^>]*>)?\(.*[{(]$|[\w$]+: (?:async )?\()/

/** Functions of more than 60 lines, their comments not counted. Formatted code ends a function where its first line began. */
export function lengthFaults(files: Files): string[] {
  return [...files].flatMap(([file, text]) => {
    const lines = readSource(text).code.split('\n')
    return lines.flatMap((line, from) => {
      const indent = /[{(]$/.test(line) ? STARTS.exec(line)?.[1] : undefined
      if (indent === undefined || /^\s*(?:if|for|while|switch|return|catch)\b/.test(line)) return []
      const ends = (at: string) => at.startsWith(`${indent}}`) || at === `${indent})`
      const to = lines.findIndex((at, n) => n > from && ends(at) && !/^\s*\}?\)?\s*(?::.*|=>.*)?\{$/.test(at))
      const length = to < 0 ? 1 : lines.slice(from, to + 1).filter((at) => at.trim() !== '').length
      return length > LONGEST_FUNCTION ? [`${file}: ${length} lines in one function: ${line.trim()}`] : []
    })
  })
}
