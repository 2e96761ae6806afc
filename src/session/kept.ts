// What a turn read with its lock, and changed since: nobody else reads or writes it until the lock is given back.

/** A key's new value and how long it lives (ms); no value: it goes. `as it was`: only its time begins anew. */
export interface Change {
  value: string | null
  ms: number
  asItWas: boolean
}

export interface Kept {
  readonly update: number
  /** What was read, and written since; null: nothing is there. */
  readonly values: Map<string, string | null>
  readonly changes: Map<string, Change>
}

export interface KeptByTurn {
  /** From here on these keys are the turn's; what an earlier turn of the person left behind is dropped. */
  keep(person: string, update: number, values: ReadonlyMap<string, string | null>): void
  /** The turn that a key belongs to. */
  of(key: string): Kept | undefined
  /** What the turn has changed since it was asked last. */
  changed(person: string, update: number): [string, Change][]
  /** The turn is over. */
  drop(person: string, update: number): void
}

/** `holds`: whether the person's lock is still held for this update. */
export function keptByTurn(holds: (person: string, update: number) => boolean): KeptByTurn {
  const turns = new Map<string, Kept>()
  const owners = new Map<string, string>()

  const drop = (person: string): void => {
    for (const key of turns.get(person)?.values.keys() ?? []) owners.delete(key)
    turns.delete(person)
  }
  const turnOf = (person: string, update: number): Kept | undefined => {
    const kept = turns.get(person)
    return kept?.update === update ? kept : undefined
  }

  return {
    keep(person, update, values) {
      drop(person)
      if (values.size === 0) return
      turns.set(person, { update, values: new Map(values), changes: new Map() })
      for (const key of values.keys()) owners.set(key, person)
    },
    of(key) {
      const person = owners.get(key)
      const kept = person === undefined ? undefined : turns.get(person)
      if (person === undefined || !kept) return undefined
      if (holds(person, kept.update)) return kept
      drop(person)
      return undefined
    },
    changed(person, update) {
      const kept = turnOf(person, update)
      const changes = [...(kept?.changes ?? [])]
      kept?.changes.clear()
      return changes
    },
    drop(person, update) {
      if (turnOf(person, update)) drop(person)
    },
  }
}

/** Notes a new value; what is already so is not written again. `ms` 0 and no value: it goes. */
export function change(kept: Kept, key: string, value: string | null, ms: number): void {
  const before = kept.values.get(key) ?? null
  const waiting = kept.changes.get(key)
  if (value === null && before === null && !waiting) return
  const asItWas = value !== null && value === before && (waiting === undefined || waiting.asItWas)
  kept.values.set(key, value)
  kept.changes.set(key, { value, ms, asItWas })
}
