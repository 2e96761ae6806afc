// Why the embedded PostgreSQL does not start, said to the person who started the program.

/** An error whose message is meant to be printed as it is. */
export function refusal(what: string, remedy: string): Error {
  return Object.assign(new Error(`${what}\n${remedy}`), { name: 'EmbeddedPostgresRefusal' })
}

/** The remedy that always works. */
export const OWN_DATABASE = 'Or set DATABASE_URL to a PostgreSQL of your own.'
