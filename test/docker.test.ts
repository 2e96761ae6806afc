// The Dockerfile, walked step by step in an empty folder where no base image can be had; and what goes with it.
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { commandOf, parseDockerfile, reachesBuilder, walkDockerfile } from './support/dockerfile.ts'
import { sayNotRun } from './support/notes.ts'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const read = (file: string) => readFile(join(ROOT, file), 'utf8')
const steps = parseDockerfile(await read('Dockerfile'))

const { CI, DAUYS_DOCKER_TEST } = process.env
const wanted = DAUYS_DOCKER_TEST === '1' || (CI === 'true' && DAUYS_DOCKER_TEST !== '0')
if (!wanted)
  sayNotRun('the walk through the Dockerfile', 'it installs and builds: set DAUYS_DOCKER_TEST=1 (or CI=true)')

test.skipIf(!wanted)(
  'the image builds from the Dockerfile and answers --help without node_modules',
  async () => {
    const into = await mkdtemp(join(tmpdir(), 'dauys-image-'))
    try {
      const { NODE_ENV: _, VITEST: __, ...env } = process.env
      const stages = await walkDockerfile(steps, {
        context: ROOT,
        into,
        env: { ...env, npm_config_prefer_offline: 'true' },
      })
      const image = stages.at(-1)
      if (!image) throw new Error('the Dockerfile has no stage')
      const app = join(image.folder, image.workdir)
      expect((await readdir(app)).sort()).toEqual([
        'data',
        'dauys',
        'dist',
        'drizzle',
        'locales',
        'package.json',
        'secrets',
      ])
      await rm(join(into, 'build'), { recursive: true })
      const [program = '', ...args] = commandOf(image, 'ENTRYPOINT')
      const help = await promisify(execFile)(program, [...args, '--help'], {
        cwd: app,
        env: { ...env, ...image.env },
      })
      expect(help.stdout).toContain('dauys')
    } finally {
      await rm(into, { recursive: true, force: true })
    }
  },
  120_000,
)

test('everything that the Dockerfile copies from the project reaches the builder, and nothing else does', async () => {
  const ignore = await read('.dockerignore')
  const copied = steps
    .filter(({ instruction, flags }) => instruction === 'COPY' && !flags.has('from'))
    .flatMap(({ args }) => args.split(/\s+/).slice(0, -1))
  expect(copied.filter((path) => !reachesBuilder(ignore, path))).toEqual([])
  const through = (await readdir(ROOT)).filter((path) => reachesBuilder(ignore, path))
  expect(through.filter((path) => !copied.includes(path))).toEqual([])
})

test('the image runs without root, listens for the world, stops on SIGTERM and asks /healthz', () => {
  const last = steps.findLastIndex(({ instruction }) => instruction === 'FROM')
  const image = new Map(steps.slice(last).map(({ instruction, args }) => [instruction, args]))
  expect(image.get('USER')).toBe('node')
  expect(image.get('ENV')).toContain('HOST=0.0.0.0')
  expect(image.get('STOPSIGNAL')).toBe('SIGTERM')
  expect(image.get('HEALTHCHECK')).toContain('/healthz')
})

test.each([
  [200, 0],
  [503, 1],
])('the health check of the image tells %i by its exit code', async (status, code) => {
  const bot = createServer((request, response) =>
    response.writeHead(request.url === '/healthz' ? status : 404).end(),
  )
  await new Promise<void>((done) => bot.listen(0, '127.0.0.1', done))
  const [program = '', ...args] = commandOf({ steps }, 'HEALTHCHECK')
  const env = { ...process.env, PORT: String((bot.address() as AddressInfo).port) }
  const exit = await new Promise((done) =>
    execFile(program, args, { env }, (error) => done(error?.code ?? 0)),
  )
  bot.close()
  expect(exit).toBe(code)
})

test('.env.example explains every variable that the configuration reads, and no other', async () => {
  const config = [...(await read('src/config.ts')).matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((match) =>
    String(match[1]),
  )
  const lines = (await read('.env.example')).split('\n')
  const named = lines.flatMap((line) => /^([A-Z_]+)=/.exec(line)?.[1] ?? [])
  expect(config.length).toBeGreaterThan(10)
  expect(named.filter((name) => name !== 'POSTGRES_PASSWORD').sort()).toEqual(config.sort())
  const bare = lines.filter((line, n) => /^[A-Z_]+=/.test(line) && !lines[n - 1]?.startsWith('# '))
  expect(bare).toEqual([])
})
