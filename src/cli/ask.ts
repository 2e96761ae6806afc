// Asks whoever sits at the computer for a line.
import { createInterface } from 'node:readline/promises'

/** The question goes to the error output, so that what a command says can be kept by itself. */
export async function askAloud(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await lines.question(`${question} `)
  } finally {
    lines.close()
  }
}
