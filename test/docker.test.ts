// The Dockerfile, walked step by step in an empty folder where no base image can be had; and what goes with it.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { notices } from '../third-party.mjs'
import { commandOf, parseDockerfile, reachesBuilder, walkDockerfile } from './support/dockerfile.ts'
import { sayNotRun } from './support/notes.ts'
import { buildShipped } from './support/shipped.ts'

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
        'media',
        'package.json',
        'secrets',
      ])
      expect(await readdir(join(app, 'dist'))).toContain('THIRD-PARTY.txt')
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

test('beside the bundle stand the notice and the licence of each package that is in it, of the fonts and of the renderer', async () => {
  await buildShipped()
  const text = await read('dist/THIRD-PARTY.txt')
  const found = text.split(`\n${'-'.repeat(80)}\n\n`).slice(1)
  // What is in it the maps of its sources say, whoever wrote the notices.
  const maps = (await readdir(join(ROOT, 'dist'))).filter((file) => /^(dauys|chunk-.*)\.mjs\.map$/.test(file))
  const texts = await Promise.all(maps.map((file) => read(`dist/${file}`)))
  const sources = texts.flatMap((map) => (JSON.parse(map) as { sources: string[] }).sources)
  const folders = sources.flatMap(
    (source) => /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(source)?.[0] ?? [],
  )
  const wanted = new Set([...folders, 'node_modules/dejavu-fonts-ttf', 'node_modules/@resvg/resvg-wasm'])
  const missing: string[] = []
  let seen = 0
  for (const folder of wanted) {
    // Some packages bring a map of their own, with addresses of their makers' machines.
    const about = await read(`${folder}/package.json`).catch(() => undefined)
    if (about === undefined) continue
    seen++
    const { name, version } = JSON.parse(about) as { name: string; version: string }
    const notice = found.find((one) => one.startsWith(`${name} ${version}\n`)) ?? ''
    if (!/copyright|public domain|Mozilla Public License/i.test(notice)) missing.push(name)
  }
  expect(seen).toBeGreaterThan(30)
  expect(missing).toEqual([])
  expect(text).toMatch(/TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION/)
  expect(text).toContain('Bitstream Vera Fonts Copyright')
  expect(text.match(/^@resvg\/resvg-wasm [\d.]+\nMPL-2\.0\nhttps:\/\/github\.com\/\S+$/m)).not.toBeNull()
})

test('a package whose licence nobody knows stops the build', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dauys-notices-'))
  const at = join(folder, 'node_modules/nameless')
  await mkdir(at, { recursive: true })
  await writeFile(
    join(at, 'package.json'),
    JSON.stringify({ name: 'nameless', version: '1.0.0', license: 'X' }),
  )
  await expect(notices([`${at}/index.js`])).rejects.toThrow('the licence of nameless is not known')
  await writeFile(join(at, 'LICENSE'), 'Copyright (c) Nobody')
  expect(await notices([`${at}/index.js`])).toContain('nameless 1.0.0\nX\n\n\nCopyright (c) Nobody')
  await rm(folder, { recursive: true })
})

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

test('the image starts the program as `npm start` and the README do', async () => {
  const { scripts } = JSON.parse(await read('package.json'))
  const [, entry = '[]'] = /^ENTRYPOINT (\[.*\])$/m.exec(await read('Dockerfile')) ?? []
  expect(JSON.parse(entry).join(' ')).toBe(scripts.start)
  expect(await read('README.md')).toContain(`\`${scripts.start}\``)
})

test('.env.example explains every variable that the configuration reads, and no other', async () => {
  const config = [...(await read('src/config.ts')).matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((match) =>
    String(match[1]),
  )
  const lines = (await read('.env.example')).split('\n')
  const named = lines.flatMap((line) => /^([A-Z_]+)=/.exec(line)?.[1] ?? [])
  expect(config.length).toBeGreaterThan(10)
  const composes = ['POSTGRES_PASSWORD', 'SERVING_PASSWORD']
  // The language of whoever types a command is the machine's to say.
  const settings = config.filter((name) => !/^(LANG|LC_.+)$/.test(name))
  expect(named.filter((name) => !composes.includes(name)).sort()).toEqual(settings.sort())
  const bare = lines.filter((line, n) => /^[A-Z_]+=/.test(line) && !lines[n - 1]?.startsWith('# '))
  expect(bare).toEqual([])
})

test('compose gives the password of the owner of the tables to the migration alone, and the bot waits for it', async () => {
  const services = (await read('compose.yaml')).split(/^ {2}(?=\w+:\n)/m)
  const service = (name: string) => services.find((text) => text.startsWith(`${name}:\n`)) ?? ''
  expect(service('migrate')).toMatch(/command: \[migrate\]/)
  expect(service('migrate')).toMatch(/DATABASE_OWNER_URL: postgres:\/\/dauys:\$\{POSTGRES_PASSWORD:\?/)
  expect(service('migrate')).toMatch(/DATABASE_URL: \*serving/)
  const bot = service('bot')
  expect(bot).toMatch(/DATABASE_URL: &serving postgres:\/\/dauys_serves:\$\{SERVING_PASSWORD:\?/)
  expect(bot).toMatch(/migrate:\n {8}condition: service_completed_successfully/)
  // The whole .env reaches the bot: what is the owner's is emptied there.
  expect(bot).toMatch(/DATABASE_OWNER_URL: ''\n/)
  expect(bot).toMatch(/POSTGRES_PASSWORD: ''\n/)
  expect(bot).not.toContain('${POSTGRES_PASSWORD')
})

test('every service of both compose files has an end to its memory, its processes and its log', async () => {
  const files = await Promise.all(['compose.yaml', 'compose.replicas.yaml'].map(read))
  const services = files.flatMap(
    (file) =>
      (file.split(/^services:\n/m)[1] ?? '')
        .split(/^\w/m)[0]
        ?.split(/^ {2}(?=\w+:\n)/m)
        .slice(1) ?? [],
  )
  const named = services.map((text) => ({ name: /^\w+/.exec(text)?.[0], text }))
  // The bot stands in both: what the second says is added to the first.
  const bot = named.filter(({ name }) => name === 'bot').map(({ text }) => text)
  const all = [{ name: 'bot', text: bot.join('') }, ...named.filter(({ name }) => name !== 'bot')]
  expect(all.map(({ name }) => name)).toEqual(['bot', 'migrate', 'postgres', 'redis', 'proxy'])
  for (const { name, text } of all) {
    expect(text, name).toMatch(/^ {4}mem_limit: \d+[mg]$/m)
    expect(text, name).toMatch(/^ {4}pids_limit: \d+$/m)
    expect(text, name).toMatch(/^ {4}<<: \*hygiene$|^ {6}options:\n {8}max-size: \d+m$/m)
  }
  const [redis = ''] = named.filter(({ name }) => name === 'redis').map(({ text }) => text)
  const [most, limit] = [/--maxmemory, (\d+)mb/, /mem_limit: (\d+)m/].map((what) =>
    Number(what.exec(redis)?.[1]),
  )
  expect(most).toBeLessThan(limit ?? 0)
})
