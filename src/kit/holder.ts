// What key holders do: make the key, try whether their shares open, rehearse, and count.
import { isCycleName } from '../core/cycle.ts'
import { readExport } from '../core/bundle/vote-export.ts'
import { fromUtf8, utf8 } from '../core/bytes.ts'
import { heldText, readRehearsal } from '../core/formats/held-keys.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { countExport } from '../sealing/count-export.ts'
import {
  HOLDERS,
  isSealedShare,
  joinShares,
  makeShares,
  NEEDED,
  openTyped,
  passphraseOf,
  readShare,
  sealShare,
  type Share,
  shareText,
} from '../sealing/key-shares.ts'
import { type BoxKeys, open } from '../sealing/sealed-box.ts'
import { loadSodium, type Sodium } from '../sealing/sodium.ts'
import type { T, Texts } from '../texts.ts'
import { heldCountSentence, resultArchive } from '../words/attestation.ts'
import { checkLines } from '../words/checks.ts'
import { codeOf } from './code.ts'
import { failing, type Given, holding, kitFile, type Sheet, type Work } from './work.ts'

const random = (): Uint8Array => crypto.getRandomValues(new Uint8Array(32))

/** As `dauys keys make`: a file and a sheet for each holder, and what the server may know. */
export const makeKeys: Work = async ({ texts: { cycle = '' } }, t, texts) => {
  if (!isCycleName(cycle)) return failing([t('kit.no-cycle-name')])
  const { held, shares } = await makeShares(await loadSodium(), cycle, random())
  const files = [kitFile('holders.json', utf8(heldText(held)))]
  const sheets: Sheet[] = []
  for (const share of shares) {
    const passphrase = passphraseOf(random())
    files.push(kitFile(`share-${share.n}.age`, await sealShare(share, passphrase)))
    sheets.push(sheetOf(texts, share, passphrase))
  }
  const made = t('kit.keys-made', { of: HOLDERS, needed: NEEDED })
  return holding([made, t('cli.keys-made-next', { cycle, file: 'holders.json' })], { files, sheets })
}

/** The paper of a holder, in both languages. */
function sheetOf(texts: Texts, share: Share, passphrase: string): Sheet {
  const both = [texts('kk'), texts('ru')]
  const facts = { cycle: share.cycle, n: share.n, of: HOLDERS, needed: NEEDED }
  const text = shareText(share)
  return {
    title: both.map((t) => t('documents.share-title', facts)).join(' · '),
    lines: [
      ...both.map((t) => t('documents.share-keep', facts)),
      both.map((t) => t('documents.share-passphrase')).join(' · '),
    ],
    big: passphrase,
    text,
    code: codeOf(text),
  }
}

/** As `dauys keys open`. */
export const tryShares: Work = async (given, t) => {
  const joined = await joinGiven(await loadSodium(), given, t)
  return joined.ok ? holding([t('cli.keys-open', { cycle: joined.value.cycle })]) : failing([joined.problem])
}

/** As `dauys keys rehearse`. */
export const rehearse: Work = async (given, t) => {
  const file = given.files.test
  const test = file && readRehearsal(fromUtf8(file.bytes) ?? '')
  if (!test) return failing([t('kit.no-test')])
  const sodium = await loadSodium()
  const joined = await joinGiven(sodium, given, t)
  if (!joined.ok) return failing([joined.problem])
  const code = open(sodium, joined.value.keys, test)
  if (!code.ok) return failing([t('cli.keys-not-together')])
  return holding([t('cli.keys-code', { code: (fromUtf8(code.value) ?? '').replace(/.{4}(?=.)/g, '$& ') })])
}

/** As `dauys count EXPORT`: result.zip for the bot, and the lines to sign. */
export const countVote: Work = async (given, t) => {
  const read = readExport(given.files.export?.bytes ?? new Uint8Array())
  if (!read.ok) return failing([t('cli.count-no-export')])
  const sodium = await loadSodium()
  const joined = await joinGiven(sodium, given, t)
  if (!joined.ok) return failing([joined.problem])
  const done = countExport(sodium, read.value, joined.value)
  if (!done.ok) return failing(heldCountSentence(t, done.problem).split('\n'))
  const { bundle, verified } = done.value
  const { bytes, paper } = resultArchive(t, bundle)
  return holding([t('kit.counted'), ...checkLines(t, verified), ...paper], {
    files: [kitFile('result.zip', bytes)],
  })
}

type Joined = { keys: BoxKeys; seed: Uint8Array; cycle: string }

/** Two shares: each a file with its passphrase, or the line from the paper. */
async function joinGiven(sodium: Sodium, given: Given, t: T): Promise<Result<Joined, string>> {
  const shares: Share[] = []
  for (const which of ['first', 'second']) {
    const share = await shareOf(given, which, t)
    if (!share.ok) return share
    shares.push(share.value)
  }
  const joined = await joinShares(sodium, shares)
  if (joined.ok) return ok({ ...joined.value, cycle: shares[0]?.cycle ?? '' })
  return fail(
    joined.problem === 'too-few' ? t('cli.keys-too-few', { needed: NEEDED }) : t('cli.keys-not-together'),
  )
}

async function shareOf({ texts, files }: Given, which: string, t: T): Promise<Result<Share, string>> {
  const [file, typed = ''] = [files[which], texts[`${which}-typed`]]
  if (file && isSealedShare(file.bytes)) {
    const opened = await openTyped(file.bytes, typed)
    if (opened.ok) return opened
    const why = opened.problem === 'not-a-share' ? 'cli.keys-no-share' : 'cli.keys-wrong-passphrase'
    return fail(t(why, { file: file.name }))
  }
  const share = readShare(file ? (fromUtf8(file.bytes) ?? '') : typed)
  if (share) return ok(share)
  return fail(file ? t('cli.keys-no-share', { file: file.name }) : t('kit.no-share'))
}
