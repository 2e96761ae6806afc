// Who runs the server: PostgreSQL refuses root, so a root's server runs as "nobody", who must be able to reach it.
import { chmod, chown, readdir, stat } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import type { Native } from './native.ts'
import { OWN_DATABASE, refusal } from './refusal.ts'
import { run, type ServerUser } from './run.ts'

const CHECK_MS = 10_000

/**
 * Decides the server's user for the data folder `data` inside `dir`, and checks that this user can enter `dir` and
 * run the programs. Throws a refusal that names the folder that is closed.
 */
export async function serverUser(dir: string, data: string, native: Native): Promise<ServerUser> {
  const me = process.getuid?.()
  if (me === undefined) return undefined
  const owner = await stat(data).catch(() => undefined)
  if (me !== 0) {
    if (owner && owner.uid !== me) {
      throw refusal(
        `The data folder ${data} belongs to another user (number ${owner.uid}); it was created when the program ran as that user or as root.`,
        `Start as that user again, or give the folder away: sudo chown -R ${me} ${data}. ${OWN_DATABASE}`,
      )
    }
    return undefined
  }
  const user = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : await nobody()
  if (owner?.uid === 0) await giveAway(data, user)
  // The folder is ours: passing through it shows nothing, its files keep their own rights.
  const { mode } = await stat(dir)
  await chmod(dir, (mode & 0o7777) | 0o011)
  await reachable(dir, user)
  await reachable(join(native.folder, 'bin'), user)
  await readable(native, user)
  return user
}

async function nobody(): Promise<{ uid: number; gid: number }> {
  const id = async (flag: string): Promise<number> => {
    const answer = await run('id', [flag, 'nobody'], { timeoutMs: CHECK_MS }).catch(() => undefined)
    return answer?.code === 0 ? Number(answer.text.trim()) : 65_534
  }
  return { uid: await id('-u'), gid: await id('-g') }
}

async function giveAway(path: string, user: { uid: number; gid: number }): Promise<void> {
  await chown(path, user.uid, user.gid)
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) await chown(join(entry.parentPath, entry.name), user.uid, user.gid)
  }
}

/** Asks the system itself, as that user: mode bits alone do not tell the whole story. */
async function may(command: string, path: string, user: ServerUser): Promise<boolean> {
  const answer = await run('/bin/sh', ['-c', command, 'sh', path], { user, timeoutMs: CHECK_MS }).catch(
    (error: Error) => {
      throw refusal(
        `PostgreSQL does not run as root, and another user cannot be taken here (${error.message}).`,
        `Start as an ordinary user. ${OWN_DATABASE}`,
      )
    },
  )
  return answer.code === 0
}

async function reachable(folder: string, user: ServerUser): Promise<void> {
  if (await may('cd -- "$1"', folder, user)) return
  const path: string[] = []
  for (let at = folder; at !== parse(at).root; at = dirname(at)) path.unshift(at)
  let closed = folder
  for (const step of path) {
    if (await may('cd -- "$1"', step, user)) continue
    closed = step
    break
  }
  throw refusal(
    `PostgreSQL does not run as root, so it is started as the user "nobody" – who may not enter the folder ${closed}, and ${folder} lies in it.`,
    `Move the program to a folder that everybody may enter (for example under /opt or /srv), or start it as an ordinary user. ${OWN_DATABASE}`,
  )
}

async function readable(native: Native, user: ServerUser): Promise<void> {
  const needed = [
    ['test -x "$1"', native.postgres],
    ['test -r "$1"', join(native.folder, 'share', 'postgresql', 'postgres.bki')],
  ] as const
  for (const [command, file] of needed) {
    if (await may(command, file, user)) continue
    throw refusal(
      `PostgreSQL does not run as root, so it is started as the user "nobody" – who may not read ${file}.`,
      `Open the folder for reading (chmod -R go+rX ${native.folder}), or start as an ordinary user. ${OWN_DATABASE}`,
    )
  }
}
