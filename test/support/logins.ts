// Databases that a login of their own owns, and logins that own nothing; taken away at the end of the story.
import { randomBytes } from 'node:crypto'
import { appRole, databaseUrl, freshName, onServer } from './database.ts'

export interface Logins {
  /** An empty database that a login of its own owns; `rights`: what this login may do on the server. */
  owned: (rights: string) => Promise<{ url: string; login: string; server: string }>
  /** The same database under another login, which is not made here. */
  other: (url: string) => { url: string; login: string }
  /** Another database of this owner. */
  beside: (owner: { url: string; login: string }) => Promise<string>
  drop: () => Promise<void>
}

export function logins(): Logins {
  const server = () => process.env.DAUYS_TEST_DATABASE_URL ?? ''
  const databases: string[] = []
  const roles: string[] = []
  const under = (url: string, login: string, password: string): string => {
    const address = new URL(url)
    address.username = login
    address.password = password
    return address.href
  }
  return {
    async owned(rights) {
      const name = freshName()
      const login = `${name}_login`
      const password = randomBytes(12).toString('hex')
      await onServer(server(), async (sql) => {
        await sql.unsafe(`create role "${login}" login nosuperuser ${rights} password '${password}'`)
        await sql.unsafe(`create database "${name}" owner "${login}"`)
      })
      databases.push(name)
      roles.push(appRole(login), login)
      const own = databaseUrl(server(), name)
      return { url: under(own, login, password), login, server: own }
    },
    other(url) {
      const login = `${freshName()}_serves`
      roles.unshift(login)
      // What quotes do in a password is part of every story.
      return { url: under(url, login, `it's "${login}"`), login }
    },
    async beside(owner) {
      const name = freshName()
      await onServer(server(), (sql) => sql.unsafe(`create database "${name}" owner "${owner.login}"`))
      databases.push(name)
      return databaseUrl(owner.url, name)
    },
    drop: () =>
      onServer(server(), async (sql) => {
        for (const name of databases) await sql.unsafe(`drop database if exists "${name}" with (force)`)
        for (const role of roles) await sql.unsafe(`drop role if exists "${role}"`)
      }),
  }
}
