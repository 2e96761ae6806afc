// A moment that one part of a story tells another of.

export interface Signal {
  /** It has come. */
  give(): void
  /** Resolves once it has. */
  given: Promise<void>
}

export function signal(): Signal {
  let give = () => {}
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { give: () => give(), given }
}
