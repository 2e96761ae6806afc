// Counts an election that lies in a Pabulib file, by the rule that the file names.
import { electionOf, ruleOf } from '../core/formats/pabulib/election.ts'
import { PabulibParser } from '../core/formats/pabulib/read.ts'
import { utf8 } from '../core/bytes.ts'
import { countLines } from '../documents/count-lines.ts'
import { countedPabulib, tableCsv } from '../documents/count-table.ts'
import { countedFile, isCountable } from '../documents/counted.ts'
import { pabulibLines } from '../words/pabulib-lines.ts'
import { failing, holding, kitFile, type Work } from './work.ts'

/** As `dauys count FILE --csv … --pb …`. */
export const countElection: Work = async ({ files }, t) => {
  const given = files['election']
  if (!given) return failing([t('kit.failed')])
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1))
  const parser = new PabulibParser({ seed, more: true })
  parser.push(given.bytes)
  const read = parser.end()
  if (!read.ok) return failing(pabulibLines(t, given.name, read.problem).split('\n'))
  const file = read.value
  const rule = ruleOf(file)
  if (!rule.ok) return failing([t('kit.election-rule')])
  if (!isCountable(file, rule.value)) return failing([t('cli.count-fractions', { path: given.name })])
  const counted = countedFile(file, electionOf(file), rule.value, true)
  const name = given.name.replace(/\.pb$/i, '')
  const written = countedPabulib(file, counted.count, counted.terms, true)
  const tables = [kitFile(`${name}-counted.csv`, utf8(tableCsv(t, counted)))]
  if (written.ok) tables.push(kitFile(`${name}-counted.pb`, utf8(written.value)))
  return holding([t('kit.election-counted'), ...countLines(t, counted, undefined)], { files: tables })
}
