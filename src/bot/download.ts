// What people sent, as bytes: Telegram tells a path for a file id, and serves it to whoever holds the token.
import { type Api, GrammyError } from 'grammy'
import type { Pool } from 'undici'

/** Bytes of the file; undefined where Telegram has it no more, or it is larger than `most`. Throws where Telegram is away. */
export type Download = (fileId: string, most: number) => Promise<Uint8Array | undefined>

/** `root`: the Bot API server, without a slash at its end. */
export function downloads(api: Api, pool: Pool, root: string, token: string): Download {
  return async (fileId, most) => {
    const path = await pathOf(api, fileId)
    if (path === undefined) return undefined
    const { pathname } = new URL(`${root}/file/bot${token}/${path}`)
    const { statusCode, body } = await pool.request({ path: pathname, method: 'GET' })
    if (statusCode === 200) return whole(body, most)
    await body.dump()
    if (statusCode === 404) return undefined
    throw new Error(`a file was not served: ${statusCode}`)
  }
}

/** Undefined for what Telegram refuses to hand out: a foreign or forgotten id, a file that is too big. */
async function pathOf(api: Api, fileId: string): Promise<string | undefined> {
  try {
    return (await api.getFile(fileId)).file_path
  } catch (error) {
    if (error instanceof GrammyError && error.error_code === 400) return undefined
    throw error
  }
}

async function whole(body: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body) {
    length += part.length
    if (length > most) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}
