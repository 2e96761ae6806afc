// An author asks that their name be read beside their idea: written, shown once they read it back, and taken away when they like.
import { hasWord, masked } from '../core/masked.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { showAuthorName, writeAuthorName } from '../store/author-names.ts'
import { type Idea, ideaById, ideaTermsOf } from '../store/ideas.ts'
import type { App } from './app.ts'
import { transact } from './transact.ts'

export type NameProblem =
  /** It is not theirs, or was not sent. */
  | { kind: 'not-yours' }
  /** No name: other signs than letters, too short or long, a link, or a word that the cycle's list has. */
  | { kind: 'bad-name' }

export const LONGEST_NAME = 60
const NAME = /^\p{L}[\p{L}\p{M}'’.\- ]*$/u

/** Keeps it, and shows it to nobody yet; null takes it away from everywhere. Returns the idea. */
export const writeName = (
  app: App,
  account: number,
  id: number,
  name: string | null,
): Promise<Result<Idea, NameProblem>> =>
  transact<Idea, NameProblem>(app, async (tx) => {
    const idea = await ideaById(tx, id)
    if (!idea) return fail({ kind: 'not-yours' })
    const written = name === null ? null : name.trim().replace(/\s+/gu, ' ')
    const { words = [] } = await ideaTermsOf(tx, idea.cycle)
    if (written !== null && !(isName(written) && !hasWord(written, words))) return fail({ kind: 'bad-name' })
    if (!(await writeAuthorName(tx, id, account, written))) return fail({ kind: 'not-yours' })
    return ok((await ideaById(tx, id)) as Idea)
  })

const isName = (text: string): boolean =>
  text.length >= 2 && text.length <= LONGEST_NAME && NAME.test(text) && masked(text).flags.length === 0

/** From now on everybody reads the name that was written; safe to repeat. Returns the idea. */
export const showName = (
  app: App,
  account: number,
  id: number,
): Promise<Result<Idea, { kind: 'not-yours' }>> =>
  transact<Idea, { kind: 'not-yours' }>(app, async (tx) =>
    (await showAuthorName(tx, id, account))
      ? ok((await ideaById(tx, id)) as Idea)
      : fail({ kind: 'not-yours' }),
  )
