// Work of one kind in batches, one in flight: whoever comes meanwhile is the next batch.

/** `apart`: two of one key never stand in one batch. `work`: an answer for each, in order; what it throws is thrown to each. */
export interface BatchWork<J, R> {
  name: string
  apart: (job: J) => unknown
  work: (jobs: J[]) => Promise<R[]>
}

/** Does `job` with whatever else of this kind waits. Batches of one name follow each other. */
export type InBatches = <J, R>(kind: BatchWork<J, R>, job: J) => Promise<R>

/** So many at most: the first of a batch should not wait long for the last. */
const MOST = 100

interface Waiting<J, R> {
  job: J
  done: (answer: R) => void
  fail: (error: unknown) => void
}

export function inBatches(): InBatches {
  const lines = new Map<string, Waiting<never, never>[]>()

  async function next<J, R>(kind: BatchWork<J, R>, waiting: Waiting<J, R>[]): Promise<void> {
    for (let batch = firstOf(kind, waiting); batch.length > 0; batch = firstOf(kind, waiting)) {
      try {
        const answers = await kind.work(batch.map(({ job }) => job))
        batch.forEach(({ done }, at) => done(answers[at] as R))
      } catch (error) {
        for (const { fail } of batch) fail(error)
      }
    }
    lines.delete(kind.name)
  }

  return <J, R>(kind: BatchWork<J, R>, job: J) =>
    new Promise<R>((done, fail) => {
      const one = { job, done, fail }
      const line = lines.get(kind.name) as Waiting<J, R>[] | undefined
      if (line) {
        line.push(one)
        return
      }
      const waiting = [one]
      lines.set(kind.name, waiting as unknown as Waiting<never, never>[])
      setImmediate(() => void next(kind, waiting))
    })
}

/** Takes the first of each key out of the line; the others keep their places. */
function firstOf<J, R>({ apart }: BatchWork<J, R>, waiting: Waiting<J, R>[]): Waiting<J, R>[] {
  const keys = new Set<unknown>()
  const batch: Waiting<J, R>[] = []
  const rest: Waiting<J, R>[] = []
  for (const one of waiting) {
    const key = apart(one.job)
    const fits = batch.length < MOST && !keys.has(key)
    if (fits) keys.add(key)
    ;(fits ? batch : rest).push(one)
  }
  waiting.splice(0, waiting.length, ...rest)
  return batch
}
