// Questions of one kind that come in the same moment are asked in one statement.

/**
 * Asks for `key`, together with whatever else of this `kind` comes in the same turn of the event loop. Undefined when `ask` found
 * nothing for it; a statement that fails fails for all who share it.
 */
export type Together = <K, V>(
  kind: string,
  key: K,
  ask: (keys: K[]) => Promise<ReadonlyMap<K, V>>,
) => Promise<V | undefined>

interface Waiting {
  key: unknown
  found: (by: ReadonlyMap<unknown, unknown>) => void
  fail: (error: unknown) => void
}

export function together(): Together {
  const kinds = new Map<string, Waiting[]>()
  return <K, V>(kind: string, key: K, ask: (keys: K[]) => Promise<ReadonlyMap<K, V>>) =>
    new Promise<V | undefined>((resolve, reject) => {
      const found = (by: ReadonlyMap<unknown, unknown>) => resolve(by.get(key) as V | undefined)
      const one = { key, found, fail: reject }
      const others = kinds.get(kind)
      if (others) {
        others.push(one)
        return
      }
      kinds.set(kind, [one])
      setImmediate(() => {
        const all = kinds.get(kind) ?? []
        kinds.delete(kind)
        ask([...new Set(all.map((each) => each.key as K))]).then(
          (by) => all.forEach((each) => each.found(by)),
          (error: unknown) => all.forEach((each) => each.fail(error)),
        )
      })
    })
}
