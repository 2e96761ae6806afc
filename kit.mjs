// Builds the kit: one HTML file with script, style and texts inside, that may not speak to any network.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { fontModule } from './kit-fonts.mjs'
import { notices } from './third-party.mjs'

const ROOT = fileURLToPath(new URL('.', import.meta.url))
/** The files of texts that the forms of the kit speak from. */
const NAMES = ['cli', 'kit', 'documents', 'common', 'start', 'results', 'pages']

/** What a page has nothing beside it for: fonts travel in the script; fonts packed for the web, which nobody opens here, are not unpacked. */
const carrying = {
  name: 'carrying',
  setup(build) {
    build.onLoad({ filter: /\/src\/documents\/font-source\.ts$/ }, async () => ({
      contents: await fontModule(),
    }))
    build.onLoad({ filter: /\/node_modules\/brotli\/decompress\.js$/ }, () => ({
      contents: 'module.exports = () => { throw new Error("a packed font") }',
    }))
  },
}

/** The whole file. */
export async function kitHtml() {
  const folders = JSON.stringify(await languages())
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `import { startKit } from './src/kit/start.ts'\nstartKit(${folders})`,
      resolveDir: ROOT,
    },
    absWorkingDir: ROOT,
    metafile: true,
    write: false,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
    // pdfkit names a colour profile beside itself, which nothing here opens.
    define: { 'import.meta.url': '"file:///"' },
    plugins: [carrying],
  })
  const script = outputFiles[0].text.trim()
  // A browser reads these otherwise than they are written, and the fingerprint would not fit.
  if (/[\0\r]|<\/script|<!--/i.test(script)) throw new Error('the script cannot stand in a page as it is')
  const style = (await readFile(`${ROOT}src/kit/kit.css`, 'utf8')).trim()
  const licences = escaped(await notices(Object.keys(metafile.inputs), ['node_modules/dejavu-fonts-ttf']))
  const policy = [
    "default-src 'none'",
    `script-src '${fingerprint(script)}' 'wasm-unsafe-eval'`,
    `style-src '${fingerprint(style)}'`,
    'worker-src blob:',
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="kk">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dauys</title>
<style>${style}</style>
</head>
<body>
<main></main>
<footer><details><summary>THIRD-PARTY.txt</summary><pre lang="en">${licences}</pre></details></footer>
<script>${script}</script>
</body>
</html>
`
}

const fingerprint = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`

const escaped = (text) =>
  text.replace(/[&<>\r]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '')

/** The official languages first. */
async function languages() {
  const found = await readdir(`${ROOT}locales`, { withFileTypes: true })
  const names = found.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const order = (name) => ['kk', 'ru'].indexOf(name) >>> 0
  names.sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1))
  const read = async (path) => JSON.parse(await readFile(`${ROOT}locales/${path}`, 'utf8'))
  return Promise.all(
    names.map(async (locale) => ({
      language: { locale, ...(await read(`${locale}/language.json`)) },
      days: daysOf((await read(`${locale}/language.json`)).tag),
      texts: Object.fromEntries(
        await Promise.all(NAMES.map(async (name) => [name, await read(`${locale}/${name}.json`)])),
      ),
    })),
  )
}

/** How days are written in each month: Chromium has no Kazakh months. */
function daysOf(tag) {
  const months = (parts) =>
    Array.from({ length: 12 }, (_, month) =>
      new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', timeZone: 'UTC', ...parts })
        .formatToParts(new Date(Date.UTC(2026, month, 5)))
        .map(({ type, value }) => (type === 'day' || type === 'year' ? `{{${type}}}` : value))
        .join(''),
    )
  return { short: months({}), long: months({ year: 'numeric' }) }
}
