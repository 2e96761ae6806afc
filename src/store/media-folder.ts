// Copies of photos and voice notes as files of a folder of the installation.
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isCopyName, type MediaStore } from './media-store.ts'

/** Makes the folder with the first file. */
export const mediaFolder = (folder: string): MediaStore => ({
  setting: 'MEDIA_DIR',
  async put(name, bytes) {
    if (!isCopyName(name)) throw new Error('a copy is named by number, chance and type')
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const written = join(folder, `.${name}`)
    const file = await open(written, 'w', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(written, join(folder, name))
  },
  async get(name, most) {
    const file = isCopyName(name) ? await unlessAbsent(open(join(folder, name))) : undefined
    if (!file) return undefined
    try {
      return (await file.stat()).size > most ? undefined : await file.readFile()
    } finally {
      await file.close()
    }
  },
  has: async (name) => isCopyName(name) && (await unlessAbsent(stat(join(folder, name)))) !== undefined,
  delete: (name) => rm(join(folder, name), { force: true }),
  async list(ageMs) {
    const names = (await unlessAbsent(readdir(folder))) ?? []
    const old: string[] = []
    for (const name of names.filter(isCopyName)) {
      const at = await unlessAbsent(stat(join(folder, name)))
      if (at && at.mtimeMs <= Date.now() - ageMs) old.push(name)
    }
    return old
  },
})

async function unlessAbsent<R>(asked: Promise<R>): Promise<R | undefined> {
  try {
    return await asked
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
