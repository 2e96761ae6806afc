// The notices that go with the bundle: every package that is in it, its version, its licence and the text of it.
import { readdir, readFile } from 'node:fs/promises'

/** Files of these lie beside the bundle. */
const BESIDE = ['node_modules/dejavu-fonts-ttf', 'node_modules/@resvg/resvg-wasm']

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files
(the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge,
publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`

/** For packages that bring no file of their licence: what must accompany them, by its SPDX name. */
const WITHOUT_FILE = {
  MIT: ({ holder }) => `Copyright (c) ${holder}\n\n${MIT}`,
  'Apache-2.0': ({ holder }) =>
    `Copyright ${holder}\nThe text of the Apache License, Version 2.0, stands under other packages here and at https://www.apache.org/licenses/LICENSE-2.0`,
  'MPL-2.0': ({ source }) =>
    `This part is subject to the terms of the Mozilla Public License, v. 2.0: https://mozilla.org/MPL/2.0/\nIts source, unchanged here: ${source}`,
  Unlicense: () => 'Released into the public domain: https://unlicense.org',
}

/** `inputs`: the files that a bundle was made of, as esbuild's metafile names them. Throws for a package whose licence is unknown. */
export async function notices(inputs, beside = BESIDE) {
  const folders = inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? [])
  const all = [...new Set([...folders, ...beside])].sort((a, b) => (a < b ? -1 : 1))
  const parts = await Promise.all(all.map(notice))
  return [
    'Dauys is made with these packages. Each is its authors’, under the licence that follows it.\n',
    ...parts,
  ].join(`\n${'-'.repeat(80)}\n\n`)
}

async function notice(folder) {
  const about = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'))
  const files = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort()
  const texts = await Promise.all(files.map((name) => readFile(`${folder}/${name}`, 'utf8')))
  const source = addressOf(textOf(about.repository, 'url'))
  const head = [`${about.name} ${about.version}`, about.license ?? 'licence: as follows', source]
  if (texts.length > 0) return [...head, '', ...texts.map((text) => text.trim()), ''].join('\n')
  const text = WITHOUT_FILE[about.license]
  if (!text) throw new Error(`the licence of ${about.name} is not known: ${about.license}`)
  const holder = textOf(about.author, 'name') || `the authors of ${about.name}`
  return [...head, '', text({ holder, source }), ''].join('\n')
}

/** A repository as packages name it, as an address that a browser opens. */
const addressOf = (named) =>
  named
    .replace(/^(git\+|git:)?(https?:|ssh:)?(\/\/)?(git@)?github\.com[:/]/, 'https://github.com/')
    .replace(/^(github:)?([\w-]+\/[\w.-]+)$/, 'https://github.com/$2')

/** Of a field that is a text, or an object with one. */
const textOf = (field, key) => (typeof field === 'string' ? field : (field?.[key] ?? ''))
