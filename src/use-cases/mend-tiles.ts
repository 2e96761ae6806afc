// Makes the stored subtree hashes of a log anew from its leaves, where somebody changed or removed some.
import { ok, type Result } from '../core/result.ts'
import { signedLogs } from '../store/log.ts'
import { deleteTiles, holdTiles, storeTiles } from '../store/tiles.ts'
import type { App } from './app.ts'
import { tilesAnew } from './log-tiles.ts'
import { transact } from './transact.ts'
import { type HeadFault, trustedHead } from './trusted-head.ts'

/**
 * Returns how many tiles there are now. They say nothing that the leaves do not say, so it is no act for the log; leaves that do
 * not lead to the signed root are a problem, and nothing is changed.
 */
export const mendTiles = (app: App, log: number): Promise<Result<number, HeadFault>> =>
  transact<number, HeadFault>(app, async (tx) => {
    await holdTiles(tx)
    const head = await trustedHead(app, log)
    if (!head.ok) return head
    if (!head.value) return ok(0)
    const tiles = await tilesAnew(tx, log, head.value)
    if (!tiles.ok) return tiles
    await deleteTiles(tx, log)
    await storeTiles(tx, log, tiles.value.anew)
    return ok(tiles.value.anew.length)
  })

/** The numbers of the logs in which something was signed. */
export const listLogs = (app: App): Promise<number[]> => signedLogs(app.db)
