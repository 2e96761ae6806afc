// Posts in channels: what waits, and once a day the head of each vote's log.
import { postCheckpoints } from '../use-cases/post-in-channels.ts'
import { type LeasedLoopOptions, type Loop, startLeasedLoop, startLoop } from './loop.ts'

/** How late a post may be. */
const POSTS_MS = 1000

/** Heads are queued under a lease, and once a day whoever queues them; every replica posts what it claims. */
export const startChannels = (
  options: LeasedLoopOptions & { posts: { round(): Promise<boolean> } },
): Loop[] => [
  startLoop('channel-posts', options.log, POSTS_MS, () => options.posts.round()),
  startLeasedLoop('checkpoints', options, async () => {
    await postCheckpoints(options.app)
  }),
]
