// Builds the bundles that `npm start`, `dauys` and the image run into dist/, with what they read beside them: an entry, and chunks
// that it loads when something needs them. A file is replaced whole and a chunk of an older build stays for a day, so a program that
// runs from dist/ is not disturbed; nothing is done when nothing is newer than the last build.
import { chmod, cp, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'
import { kitHtml } from './kit.mjs'
import { mending } from './mended.mjs'
import { notices } from './third-party.mjs'

const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf', 'DejaVuSansMono.ttf']
/** The renderer of pictures reads it. */
const WASM = 'node_modules/@resvg/resvg-wasm/index_bg.wasm'
/** libsodium for the machine that builds, where there is one for it; without it WebAssembly does the same. */
const NATIVE = `node_modules/sodium-native/prebuilds/${process.platform}-${process.arch}/sodium-native.node`
const DAY = 86_400_000
const BANNER = [
  '#!/usr/bin/env node',
  "import { createRequire as __createRequire } from 'node:module'",
  "import { fileURLToPath as __fileURLToPath } from 'node:url'",
  "import { dirname as __dirnameOf } from 'node:path'",
  'const require = __createRequire(import.meta.url)',
  'const __filename = __fileURLToPath(import.meta.url)',
  'const __dirname = __dirnameOf(__filename)',
  // What Node deprecates inside a bundled package tells whoever types a command nothing.
  'process.noDeprecation = true',
].join('\n')

const changed = async (path) => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0

async function newest(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  const times = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => changed(`${entry.parentPath}/${entry.name}`)),
  )
  return Math.max(0, ...times)
}

const sources = Math.max(
  ...(await Promise.all([
    newest('src'),
    newest('bench'),
    changed('build.mjs'),
    changed('kit.mjs'),
    changed('kit-fonts.mjs'),
    changed('mended.mjs'),
    changed('third-party.mjs'),
    changed('package-lock.json'),
  ])),
)

/** Builds what is older than its sources; the first entry tells for all of them. */
async function bundle(entryPoints) {
  if ((await changed(`dist/${Object.keys(entryPoints)[0]}.mjs`)) >= sources) return
  const draft = `dist/draft-${process.pid}`
  await mkdir(draft, { recursive: true })
  const { metafile } = await build({
    entryPoints,
    metafile: true,
    outdir: draft,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunk-[hash]',
    target: 'node20.19',
    sourcemap: true,
    // They are whole in THIRD-PARTY.txt.
    legalComments: 'none',
    logLevel: 'warning',
    banner: { js: BANNER },
    plugins: [mending],
  })
  await cp('src/sandbox/page', 'dist/page', { recursive: true })
  await mkdir('dist/fonts', { recursive: true })
  for (const font of FONTS) await cp(`node_modules/dejavu-fonts-ttf/ttf/${font}`, `dist/fonts/${font}`)
  await cp(WASM, 'dist/resvg.wasm')
  // A program that runs may hold the old one open: like the bundles it is replaced whole.
  await cp(NATIVE, `${draft}/sodium-native.node`).catch(() => undefined)
  if (entryPoints.dauys) await writeFile('dist/THIRD-PARTY.txt', await notices(Object.keys(metafile.inputs)))
  for (const file of await readdir(draft)) {
    await chmod(`${draft}/${file}`, 0o755)
    await rename(`${draft}/${file}`, `dist/${file}`)
  }
  await rm(draft, { recursive: true })
  for (const file of await readdir('dist'))
    if (file.startsWith('chunk-') && (await changed(`dist/${file}`)) < Date.now() - DAY)
      await rm(`dist/${file}`)
}

// The second and the third are what threads run: those that open boxes, and the one that seals ballots.
await bundle({
  dauys: 'src/main.ts',
  opener: 'src/program/opener-thread.ts',
  sealer: 'src/program/sealer-thread.ts',
})
// The kit carries its texts: `dauys kit` hands it out.
if ((await changed('dist/kit.html')) < Math.max(sources, await newest('locales'))) {
  const draft = `dist/kit-${process.pid}.html`
  await writeFile(draft, await kitHtml())
  await rename(draft, 'dist/kit.html')
}
// `node build.mjs bench`: the replay and the measurements too.
if (process.argv.includes('bench'))
  await bundle({
    replay: 'bench/replay.ts',
    bench: 'bench/bench.ts',
    baseline: 'bench/baseline.ts',
    floor: 'bench/floor.ts',
    stub: 'bench/stub.ts',
    load: 'bench/load.ts',
    announcer: 'bench/announcer.ts',
    'rush-crowd': 'bench/rush-crowd.ts',
  })
