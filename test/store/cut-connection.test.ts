// A pool after the server cut a connection: the driver of PostgreSQL, as mended.mjs mends it.
import { once } from 'node:events'
import { connect as dial, type Socket } from 'node:net'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { expect, test } from 'vitest'

const server = () => new URL(process.env.DAUYS_TEST_DATABASE_URL ?? '')

/** One connection, whose sockets the story holds in its hand. */
function heldPool() {
  const { hostname, port, href } = server()
  const sockets: Socket[] = []
  const options: object = {
    socket: async () => {
      const socket = dial(Number(port || 5432), hostname)
      sockets.push(socket)
      await once(socket, 'connect')
      return socket
    },
  }
  const sql = postgres(href, {
    max: 1,
    connect_timeout: 2,
    fetch_types: false,
    backoff: () => 0.01,
    ...options,
  })
  return { sql, sockets }
}

test('a question that was half written when the connection was cut holds up none that come later', async () => {
  const { sql, sockets } = heldPool()
  try {
    await sql`select 1`
    sockets[0]?.destroy()
    // Between the turn that writes and the one that notices the cut: the question stays in the driver's own buffer.
    await nextTurn()
    await expect(sql`select 2`).rejects.toThrow()
    await sql`select 3`.catch(() => undefined)
    expect(await sql`select 4 as four`).toEqual([{ four: 4 }])
  } finally {
    await sql.end({ timeout: 1 })
  }
})

test('a question that is asked on a connection between its error and its end is refused, and later ones have their own answers', async () => {
  const { sql, sockets } = heldPool()
  try {
    await sql`select 1`
    const first = sql`select pg_sleep(5)`.catch(() => sql`select 2 as two`)
    await nextTurn()
    await nextTurn()
    const cut = Object.assign(new Error('cut'), { code: 'ECONNRESET' })
    sockets[0]?.destroy(cut)
    const ended = await Promise.race([
      first.then(
        () => 'answered',
        () => 'refused',
      ),
      pause(2_000, 'never ended'),
    ])
    expect(ended).toBe('refused')
    const later = Promise.all([3, 4, 5].map((n) => sql`select ${n}::int as n`))
    expect(await Promise.race([later, pause(2_000, 'never ended')])).toEqual([
      [{ n: 3 }],
      [{ n: 4 }],
      [{ n: 5 }],
    ])
  } finally {
    await sql.end({ timeout: 1 })
  }
})

test('a transaction whose connection was cut is over: what it asks afterwards is refused, and is no part of the next one', async () => {
  const { sql, sockets } = heldPool()
  let goOn = () => {}
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  let stray: Promise<unknown> = Promise.resolve()
  try {
    const dead = sql.begin(async (tx) => {
      await tx`select 1`
      sockets[0]?.destroy()
      await held
      stray = tx`create temp table stray ()`.then(
        () => 'done',
        () => 'refused',
      )
      await stray
    })
    await expect(dead).rejects.toThrow('CONNECTION_CLOSED')
    await sql`select 1`.catch(() => undefined)
    await sql.begin(async (tx) => {
      await tx`select 1`
      goOn()
      await pause(50)
      expect(await tx`select to_regclass('pg_temp.stray')::text as stray`).toEqual([{ stray: null }])
    })
    expect(await stray).toBe('refused')
  } finally {
    await sql.end({ timeout: 1 })
  }
})

test.each([
  ['an error', Object.assign(new Error('cut'), { code: 'ECONNRESET' })],
  ['none', undefined],
])(
  'a transaction that is cut in the middle of a question, with %s, ends; so does what waits behind it, and the program goes on',
  async (_, error) => {
    const { sql, sockets } = heldPool()
    try {
      await sql`select 1`
      let behind: Promise<unknown> = Promise.resolve()
      const dead = sql.begin(async (tx) => {
        const first = tx`select pg_sleep(5)`.then(() => 'answered')
        behind = tx`select ${2}::int as two`.then(
          () => 'answered',
          () => 'refused',
        )
        await first
      })
      await pause(50)
      sockets[0]?.destroy(error)
      await expect(dead).rejects.toThrow()
      expect(await Promise.race([behind, pause(2_000, 'never ended')])).toBe('refused')
      // What the driver writes into a socket that is gone would end the program on the next turn.
      await pause(50)
      expect(await sql`select 4 as four`).toEqual([{ four: 4 }])
    } finally {
      await sql.end({ timeout: 1 })
    }
  },
)
