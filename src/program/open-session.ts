// Opens the session store: Redis where it is configured, the memory of the process where it is not.
import type { Config } from '../config.ts'
import { memorySession } from '../session/memory.ts'
import { redisSession } from '../session/redis.ts'
import type { Session } from '../session/session.ts'

/** `bot`: its id. Throws, with nothing left open, where Redis is away or keeps anything on disk. */
export async function openSession(config: Config, bot: number): Promise<Session> {
  if (!config.redisUrl) return memorySession()
  const session = redisSession(config.redisUrl, bot)
  try {
    await session.ready()
    if ((await session.keepsNothingOnDisk()) === false)
      throw new Error(
        "Redis writes to disk: start it with --save '' --appendonly no, so that no mark of a ballot is kept",
      )
    return session
  } catch (error) {
    // Else it would try to connect for ever, and the process never end.
    await session.close()
    throw error
  }
}
