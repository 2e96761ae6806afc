// Builds the one bundle that `npm start`, `dauys` and the image run: dist/dauys.mjs, with what it reads beside it.
import { chmod, cp, mkdir, rm } from 'node:fs/promises'
import { build } from 'esbuild'

await rm('dist', { recursive: true, force: true })
await mkdir('dist/fonts', { recursive: true })
await build({
  entryPoints: ['src/main.ts'],
  outfile: 'dist/dauys.mjs',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  sourcemap: true,
  legalComments: 'none',
  logLevel: 'warning',
  banner: {
    js: [
      '#!/usr/bin/env node',
      "import { createRequire as __createRequire } from 'node:module'",
      "import { fileURLToPath as __fileURLToPath } from 'node:url'",
      "import { dirname as __dirnameOf } from 'node:path'",
      'const require = __createRequire(import.meta.url)',
      'const __filename = __fileURLToPath(import.meta.url)',
      'const __dirname = __dirnameOf(__filename)',
    ].join('\n'),
  },
})
await cp('src/sandbox/page', 'dist/page', { recursive: true })
for (const font of ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf', 'DejaVuSansMono.ttf']) {
  await cp(`node_modules/dejavu-fonts-ttf/ttf/${font}`, `dist/fonts/${font}`)
}
await chmod('dist/dauys.mjs', 0o755)
