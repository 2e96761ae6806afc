// What travels with the program: folders beside dist/ as beside src/, and what the build copies from packages into dist/.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The path of `data`, `drizzle` or `locales`, with a slash at its end. Throws where it is missing. */
export function programFolder(name: 'data' | 'drizzle' | 'locales'): string {
  const folder = here(`../${name}/`)
  if (!existsSync(folder)) throw new Error(`the folder ${folder} is missing`)
  return folder
}

/** The version of the program, as its package names it. */
export function programVersion(): string {
  const { version } = JSON.parse(readFileSync(here('../package.json'), 'utf8')) as { version: string }
  return version
}

/** The path of a file of a package: `built` is its name in dist/, `source` its place in node_modules/. Throws where it is missing. */
export function packagedFile(built: string, source: string): string {
  const found = [here(`./${built}`), here(`../node_modules/${source}`)].find((file) => existsSync(file))
  if (found === undefined) throw new Error(`the file ${built} is missing beside the program`)
  return found
}

/** The path of a file that the build puts beside the program; undefined where the sources themselves run. */
export function builtBeside(name: string): string | undefined {
  const file = here(`./${name}`)
  return existsSync(file) ? file : undefined
}
