// Files that Telegram has already, by the id that it gave them: made and uploaded once, sent again by id.
/** Ids kept; a cycle has a few hundred territories in three languages. */
const KEPT = 3000

/** `make`: uploads it and returns its id; whoever asks meanwhile waits for that. `again`: sends it by its id. */
export type KnownFile = (
  key: string,
  make: () => Promise<string>,
  again: (id: string) => Promise<unknown>,
) => Promise<unknown>

export function keepFileIds(): KnownFile {
  const sent = new Map<string, Promise<string>>()
  return async (key, make, again) => {
    const id = await sent.get(key)?.catch(() => undefined)
    if (id) return again(id)
    const first = make()
    sent.set(key, first)
    const [oldest] = sent.keys()
    if (sent.size > KEPT && oldest !== undefined) sent.delete(oldest)
    return first.catch((error: unknown) => {
      sent.delete(key)
      throw error
    })
  }
}

/** Another one as soon as two people changed something, or a review began or ended: what was made before says something else. */
export const changedKey = ({
  changed,
  underReview = '',
}: {
  changed: readonly { standing: string; now: number; project: { number: number } }[]
  underReview?: string
}): string =>
  [...changed.map(({ project, standing, now }) => `${project.number}.${standing}.${now}`), underReview].join(
    ',',
  )
