// What a clerk does: read the akimat's list, seal it to the server's key, and print cards, papers and posters.
import { MOST_TESTS, type TestList, testListText, testsHash, testsWanted } from '../core/audit/tests.ts'
import { fromBase64, fromUtf8, utf8 } from '../core/bytes.ts'
import { PROFILES } from '../core/cycle.ts'
import { type PublicCycle, publicFingerprint, readPublicCycle } from '../core/formats/public-cycle.ts'
import { keyId } from '../core/formats/sealed-file.ts'
import { readList } from '../core/roll-list.ts'
import { cardPapers } from '../documents/card-papers.ts'
import { countSheetPdf, paperBallotsPdf, paperRegisterPdf } from '../documents/paper-ballot.ts'
import { leafletPdf, posterPdf } from '../documents/poster.ts'
import { passphraseOf } from '../sealing/key-shares.ts'
import { sealText } from '../sealing/passphrase-file.ts'
import { prepareRoll } from '../sealing/prepare-roll.ts'
import { sealCards } from '../sealing/seal-cards.ts'
import { verify } from '../sealing/sign.ts'
import { loadSodium, type Sodium } from '../sealing/sodium.ts'
import type { T, Texts } from '../texts.ts'
import { howSentences } from '../words/how.ts'
import { plainLine } from '../words/plain-line.ts'
import { prepareLines, summaryLines } from '../words/roll-lines.ts'
import { trialNotes } from '../words/trial.ts'
import { failing, type Given, holding, kitFile, type KitFile, type Work } from './work.ts'

/** As `dauys roll prepare LIST --cycle-file FILE`. */
export const sealList: Work = async (given, t) => {
  const read = await cycleOf(given, t)
  const { list } = given.files
  if (!list || !read.ok) return failing(read.said)
  const { cycle } = read
  const prepared = prepareRoll(rollOf(read, list))
  if (!prepared.ok) return failing(prepareLines(t, list.name, prepared.problem).split('\n'))
  const { sealed, summary } = prepared.value
  const file = `roll-${cycle.slug}.txt`
  const lines = [
    ...summaryLines(t, summary, cycle.villages),
    t('cli.roll-sealed', { file, cycle: cycle.slug }),
  ]
  return holding([...read.said, ...lines], { files: [kitFile(file, utf8(sealed))] })
}

/** As `dauys cards print LIST --cycle-file FILE`. */
export const printCards: Work = async (given, t, texts) => {
  const read = await cycleOf(given, t)
  const { list } = given.files
  if (!list || !read.ok) return failing(read.said)
  const { cycle } = read
  const { slug, villages } = cycle
  if (cycle.method !== 'card') return failing([t('cli.print-no-cards', { cycle: slug })])
  const { official = '' } = given.texts
  if (official === '' ? !cycle.trial : !/^[1-9]\d{0,14}$/.test(official))
    return failing([t('kit.cards-official')])
  const first = villages.every(({ nextSerial }) => nextSerial === 1)
  const tests = testsWanted(given.texts.tests ?? '', { binding: PROFILES[cycle.profile].binding, first })
  if (tests === undefined) return failing([t('cli.print-tests-number', { most: MOST_TESTS })])
  const made = sealCards({
    ...rollOf(read, list),
    tests,
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    printedBy: official === '' ? undefined : Number(official),
    start: (id) => villages.find(({ territory }) => String(territory) === id)?.nextSerial ?? 1,
  })
  if (!made.ok) return failing(prepareLines(t, list.name, made.problem).split('\n'))
  const { sealed, cards, sheet, summary } = made.value
  const papers = await cardPapers({
    t: both(texts),
    title: cycle.title,
    bot: cycle.bot,
    dates: cycle.dates,
    villages: villages.map((village) => ({ ...village, id: String(village.territory) })),
    cards,
    sheet,
  })
  const file = `roll-${slug}.txt`
  const observers = made.value.tests ? await forObservers(made.value.tests, t) : { files: [], lines: [] }
  const lines = [
    ...summaryLines(t, summary, villages),
    ...observers.lines,
    t('cli.printed-next', { file, cycle: slug }),
  ]
  return holding([t('kit.cards-made'), ...read.said, ...lines], {
    files: [
      kitFile(file, utf8(sealed)),
      kitFile(`cards-${slug}.pdf`, papers.sheetPdf),
      kitFile(`labels-${slug}.pdf`, papers.labelsPdf),
      kitFile(`register-${slug}.pdf`, papers.registerPdf),
      kitFile(`register-${slug}.csv`, utf8(papers.csv)),
      ...observers.files,
    ],
  })
}

/** The list of test cards under a passphrase, and the passphrase apart from it: whoever has both knows which cards are nobody's. */
async function forObservers(list: TestList, t: T): Promise<{ files: KitFile[]; lines: string[] }> {
  const passphrase = passphraseOf(crypto.getRandomValues(new Uint8Array(32)))
  const file = `tests-${list.cycle}.age`
  const files = [
    kitFile(file, await sealText(testListText(list), passphrase)),
    kitFile(`tests-${list.cycle}-passphrase.txt`, utf8(`${passphrase}\n`)),
  ]
  const written = t('cli.tests-written', { file, cards: list.tests.length, passphrase })
  return { files, lines: [written, t('cli.tests-hash', { hash: testsHash(list) })] }
}

/** As `dauys paper print VILLAGE`, for every village of the list. */
export const printPapers: Work = async (given, t, texts) => {
  const read = await cycleOf(given, t)
  const { list } = given.files
  if (!list || !read.ok) return failing(read.said)
  const { cycle } = read
  const roll = readList(rollOf(read, list), false)
  if (!roll.ok) return failing(prepareLines(t, list.name, roll.problem).split('\n'))
  const { rows } = roll.value.roll
  const files: KitFile[] = []
  for (const village of cycle.villages) {
    const own = rows.filter((row) => row.village === String(village.territory))
    if (own.length === 0) continue
    if (village.projects.length === 0) return failing([t('cli.paper-no-projects')])
    const registers = own.map(({ register }) => register).sort((a, b) => a - b)
    const vote = {
      t: both(texts),
      title: cycle.title,
      place: village,
      notes: (of: T) => trialNotes(of, { cycle }),
      pots: village.pots,
    }
    const { ballot, currency } = cycle
    const papers = { ...vote, ballot, currency, projects: village.projects }
    const name = `${cycle.slug}-${village.kato ?? village.territory}.pdf`
    files.push(
      kitFile(`paper-ballots-${name}`, await paperBallotsPdf(papers, registers.length)),
      kitFile(`paper-register-${name}`, await paperRegisterPdf(vote, registers)),
      kitFile(`paper-count-${name}`, await countSheetPdf(vote)),
    )
  }
  return holding([t('kit.papers-made', { ballots: rows.length }), ...read.said], { files })
}

/** As `dauys poster` and `dauys leaflet`. */
export const printPosters: Work = async (given, t, texts) => {
  const read = await cycleOf(given, t)
  if (!read.ok) return failing(read.said)
  const { cycle } = read
  const facts = {
    profile: cycle.profile,
    timeline: cycle.ideas ? { ideas: '' } : {},
    ruleTerms: cycle.rule,
    ballotTerms: cycle.ballot,
  }
  const poster = {
    t: both(texts),
    title: cycle.title,
    currency: cycle.currency,
    dates: cycle.dates,
    how: (of: T) => howSentences(of, facts).map(plainLine),
    notes: (of: T) => trialNotes(of, { cycle }),
    key: cycle.verifierKey,
    villages: cycle.villages.map((village) => ({ ...village, place: village })),
  }
  return holding([t('kit.posters-made'), ...read.said], {
    files: [
      kitFile(`poster-${cycle.slug}-a4.pdf`, await posterPdf(poster, 'A4')),
      kitFile(`poster-${cycle.slug}-a5.pdf`, await posterPdf(poster, 'A5')),
      kitFile(`leaflet-${cycle.slug}.pdf`, await leafletPdf(poster)),
    ],
  })
}

/** What is printed speaks both languages, whatever the page speaks. */
const both = (texts: Texts): [T, T] => [texts('kk'), texts('ru')]

type Read = { said: string[] } & (
  | { ok: false }
  | { ok: true; cycle: PublicCycle; importKey: Uint8Array; sodium: Sodium }
)

/** The file that `dauys cycle public` wrote; `said`: which it is, or what is wrong with it. */
async function cycleOf({ files: { cycle: file } }: Given, t: T): Promise<Read> {
  if (!file) return { ok: false, said: [t('kit.failed')] }
  const sodium = await loadSodium()
  const read = readPublicCycle(fromUtf8(file.bytes) ?? '', (...facts) => verify(sodium, ...facts))
  if (!read.ok) {
    const why = read.problem.kind === 'changed' ? 'cli.cycle-file-changed' : 'cli.cycle-file-none'
    return { ok: false, said: [t(why, { file: file.name })] }
  }
  const cycle = read.value
  const importKey = fromBase64(cycle.importKey) ?? new Uint8Array()
  const said = [
    t('cli.cycle-file-is', { cycle: cycle.slug, fingerprint: publicFingerprint(cycle) }),
    t('cli.cycle-file-key', { key: keyId(importKey) }),
  ]
  return { ok: true, cycle, importKey, sodium, said }
}

const rollOf = ({ cycle, importKey, sodium }: Extract<Read, { ok: true }>, list: KitFile) => ({
  sodium,
  csv: list.bytes,
  villages: cycle.villages.map(({ territory, kato, name }) => ({ id: String(territory), kato, name })),
  cycle: cycle.slug,
  importKey,
})
