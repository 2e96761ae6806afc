// The ballots that were opened again, a line each: number of the leaf, village, commitment and choices, as observers compare them.
import type { Rules } from '../core/audit/rules.ts'
import type { SampledBallot } from '../core/audit/sample.ts'
import type { T } from '../i18n.ts'

/** Plain lines. */
export const sampleLines = (t: T, rules: Rules, ballots: readonly SampledBallot[]): string[] =>
  ballots.length === 0
    ? [t('cli.sample-none')]
    : ballots.map((one) => `${one.seq}  ${one.commitment}  ${one.village}: ${choicesOf(rules, one)}`)

function choicesOf(rules: Rules, { village, sections }: SampledBallot): string {
  const pots = rules.villages.find((one) => one.village === village)?.pots ?? []
  return sections
    .map(({ pot, choices }) => {
      const projects = pots.find((one) => one.pot === pot)?.projects ?? []
      const marks = choices.map(({ project, points }) => {
        const number = projects.find(({ id }) => id === project)?.number ?? project
        return points === undefined ? `№\u00a0${number}` : `№\u00a0${number} = ${points}`
      })
      const said = marks.length > 0 ? marks.join(', ') : '–'
      return sections.length > 1 ? `${pot}: ${said}` : said
    })
    .join('; ')
}
