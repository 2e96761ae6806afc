// What a dependency does wrong or keeps to itself, mended while it is bundled, until it is mended there. Throws when the place is not there any more.
import { readFile } from 'node:fs/promises'

/** Files of dependencies by the end of their path: what stands there → what should. */
const FAULTS = [
  {
    // A connection that is cut keeps a half-written query in front of its next start-up message, and no write is ever due again:
    // the pool limps from time-out to time-out for a minute after the server is back.
    file: 'postgres/src/connection.js',
    faulty: '    clearImmediate(nextWriteTimer)\n    socket.removeListener(',
    mended:
      '    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    socket.removeListener(',
  },
  {
    // A question that is asked on a connection between its error and its end is in nobody's hands: it neither answers nor fails, ever, and
    // the connection, made anew, waits for its answer and is lost to the pool.
    file: 'postgres/src/connection.js',
    faulty: '    !hadError && (query || sent.length) && error(',
    mended: '    ;(query || sent.length) && error(',
  },
  // A transaction whose connection was cut goes on asking on it: into a socket that is gone, which ends the program, or, once the
  // connection is made anew, in the middle of somebody else's transaction.
  {
    file: 'postgres/src/index.js',
    faulty: '      , connection\n      , prepare = null\n',
    mended: '      , connection\n      , gone = null\n      , prepare = null\n',
  },
  {
    file: 'postgres/src/index.js',
    faulty: '        new Promise((_, reject) => connection.onclose = reject)\n',
    mended: `        new Promise((_, reject) => connection.onclose = e => {
          gone = e
          while (queries.length)
            queries.shift().reject(e)
          reject(e)
        })
`,
  },
  {
    file: 'postgres/src/index.js',
    faulty: '        q.catch(e => uncaughtError || (uncaughtError = e))\n',
    mended:
      '        q.catch(e => uncaughtError || (uncaughtError = e))\n        if (gone)\n          return q.reject(gone)\n',
  },
  {
    // It looks for its compiled part in its own package: that lies beside the bundle, where the package had one for this machine.
    file: 'sodium-native/binding.js',
    faulty: "require.addon = require('require-addon')\nmodule.exports = require.addon('.', __filename)",
    mended: "module.exports = require(['.', 'sodium-native.node'].join('/'))",
  },
  {
    // How a pool is doing is told to nobody: how many connections work, and how many questions wait for one.
    file: 'postgres/src/index.js',
    faulty: '    options,\n    reserve,\n',
    mended:
      '    options,\n    pool: () => ({ inUse: busy.length + full.length + reserved.length, waiting: queries.length }),\n    reserve,\n',
  },
]

/** The source of a dependency's file as it should be; undefined for a file without a known fault. */
export function mendedSource(path, source) {
  const faults = FAULTS.filter(({ file }) => path.endsWith(`/node_modules/${file}`))
  if (faults.length === 0) return undefined
  return faults.reduce((text, { file, faulty, mended }) => {
    const at = text.indexOf(faulty)
    if (at < 0) throw new Error(`${file} has changed: is its fault still there?`)
    return text.slice(0, at) + mended + text.slice(at + faulty.length)
  }, source)
}

/** For esbuild: bundles the mended sources, and of zod no language that nobody reads: its words are shown to nobody here. */
export const mending = {
  name: 'mended',
  setup(build) {
    build.onLoad({ filter: /\/node_modules\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: 'export {}',
    }))
    build.onLoad(
      { filter: /\/node_modules\/(?:postgres\/src\/\w+|sodium-native\/binding)\.js$/ },
      async ({ path }) => {
        const contents = mendedSource(path, await readFile(path, 'utf8'))
        return contents === undefined ? undefined : { contents, loader: 'js' }
      },
    )
  },
}
