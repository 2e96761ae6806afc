// A copy of the tree in a temporary folder, to be changed and tried.
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const COPIED = [
  'src',
  'test',
  'bench',
  'drizzle',
  'locales',
  'data',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
  'kit.mjs',
  'kit-fonts.mjs',
  'kit.d.mts',
  'mended.mjs',
  'third-party.mjs',
  'mended.d.mts',
  'third-party.d.mts',
  'drizzle.config.ts',
]

/** Returns the folder; its packages are those of this checkout. */
export async function copyOfTree(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dauys-planted-'))
  for (const name of COPIED) await cp(join(ROOT, name), join(folder, name), { recursive: true })
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

export const removeCopy = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })
