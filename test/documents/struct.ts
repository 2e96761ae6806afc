// What somebody hears who listens to a PDF: the text of its tags in their order, as poppler reads them.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sayNotRun } from '../support/notes.ts'

const PDFINFO = '/usr/bin/pdfinfo'

/** Whether poppler-utils is here; if not, it is said. */
export function canListen(): boolean {
  const here = existsSync(PDFINFO)
  if (!here) sayNotRun('the tags of PDF files', 'install poppler-utils')
  return here
}

/** Facts of the file, and the tags with their text, a line each. */
export async function listen(bytes: Uint8Array): Promise<{ facts: string; tags: string; text: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'dauys-pdf-'))
  try {
    const file = join(folder, 'paper.pdf')
    await writeFile(file, bytes)
    const run = async (...options: string[]) =>
      (await promisify(execFile)(PDFINFO, [...options, file], { maxBuffer: 10_000_000 })).stdout
    const tags = await run('-struct-text')
    const text = [...tags.matchAll(/"(.*)"/g)].map(([, part]) => part).join(' ')
    return { facts: await run(), tags, text }
  } finally {
    await rm(folder, { recursive: true })
  }
}
