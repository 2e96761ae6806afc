// The list of what the Bot API has is the package's, not ours: made from its declarations, and equal to them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../node_modules/@gramio/types')
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
const declared = (name: string) => readFileSync(join(folder, 'out', `${name}.d.ts`), 'utf8')

/** The file as the package says it: a line for each method, its name and its parameters in order of the alphabet. */
function written(): string {
  const params = new Map(
    [...declared('params').matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)].map(
      ([, name = '', body = '']): [string, string[]] => [
        name,
        [...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, field = '']) => field).sort(),
      ],
    ),
  )
  const methods = declared('methods').split('export interface APIMethods')[1] ?? ''
  const lines = [...methods.matchAll(/^ {4}(\w+): CallAPI\w*<([\s\S]*?)(?=\n {4}\/\*\*|\n\})/gm)].map(
    ([, name = '', signature = '']) => {
      const takes = /^\s*Params\.(\w+)/.exec(signature)?.[1]
      if (takes !== undefined && !params.has(takes)) throw new Error(`${name} takes an unknown ${takes}`)
      return [name, ...(params.get(takes ?? '') ?? [])].join(' ')
    },
  )
  const [, union = ''] = /type TelegramReactionTypeEmojiEmoji =([^;]*?)\n\n/.exec(declared('objects')) ?? []
  const reactions = [...union.matchAll(/"([^"]+)"/g)].map(([, emoji]) => emoji).join(' ')
  return [
    `// Every method of the Bot API with its parameters, and the emoji of reactions, as @gramio/types ${version} lists them.`,
    '// Written by a test: npx vitest run test/sandbox/api-list.test.ts -u',
    '',
    '/** A line for each method: its name and the names of its parameters. */',
    `export const apiMethods = \`\n${lines.sort().join('\n')}\n\``,
    '',
    '/** Between blanks. */',
    `export const reactionEmoji =\n  '${reactions}'`,
    '',
  ].join('\n')
}

test('the list in the sandbox is what the package declares', async () => {
  const text = written()
  expect(text).toMatch(/^sendMessage .*\bchat_id\b.*\btext\b/m)
  expect(text.split('\n').length).toBeGreaterThan(160)
  await expect(text).toMatchFileSnapshot('../../src/sandbox/api-list.ts')
})
