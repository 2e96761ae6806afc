// The Python that the second verifier runs on, where there is one.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Debian's own knows Debian's nacl, whatever else is called python3. */
export async function findPython(): Promise<string | undefined> {
  for (const one of ['/usr/bin/python3', 'python3'])
    if (
      await run(one, ['-c', 'import nacl.signing']).then(
        () => true,
        () => false,
      )
    )
      return one
  return undefined
}
