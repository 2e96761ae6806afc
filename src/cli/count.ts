// dauys count: a Pabulib file, or the ballots of a cycle after its close. Nothing is published.
import { type Command, Option } from 'commander'
import type { Fault } from '../core/audit/trusted/fault.ts'
import { countCycle, type CountProblem, type VillageCount } from '../use-cases/count-cycle.ts'
import { listProjects } from '../use-cases/list-projects.ts'
import { type Cycle, listVillages } from '../use-cases/list-cycles.ts'
import { numberLeaves } from '../use-cases/number-leaves.ts'
import type { App } from '../use-cases/app.ts'
import { officialName } from '../words/place.ts'
import { act, NOT_ALLOWED, cycleNamed, type Parts, refusal } from './acting.ts'
import { countFile } from './count-file.ts'
import type { CountFileOptions } from './counted.ts'
import { COMPLETIONS, RULES, UTILITIES } from './count-rule.ts'
import { CYCLE_OPTION } from './cycle.ts'

export function addCountCommand(program: Command, parts: Parts): void {
  const locales = parts.textsOf.languages.map(({ locale }) => locale)
  program
    .command('count')
    .description('count a Pabulib file, or a cycle after its close (preliminary until it is published)')
    .argument('[file]', 'an election in the Pabulib format, .pb or .pb.gz')
    .option(...CYCLE_OPTION)
    .addOption(new Option('--rule <rule>', "instead of the file's own rule").choices(RULES))
    .addOption(new Option('--utility <utility>', 'equal shares: what a project is worth').choices(UTILITIES))
    .addOption(new Option('--completion <way>', 'equal shares: how the rest is spent').choices(COMPLETIONS))
    .option('--exhaustive', 'equal shares: raise the shares no further once nothing more fits')
    .option('--comparison', 'equal shares: keep the greedy outcome where more voters prefer it')
    .option('--explain <project>', 'why this project won or not, and what was missing')
    .addOption(new Option('--lang <language>', 'language of the table and the steps').choices(locales))
    .option('--json', 'rule, budget, cost, winners, ties, steps and votes as JSON')
    .option('--csv <file>', 'write the table to a new file')
    .option('--pb <file>', 'write the election with this outcome to a new file')
    .option('--picture <file>', 'draw the count into a new .svg or .png file')
    .action((file: string | undefined, { cycle, ...options }: CountFileOptions & { cycle?: string }) => {
      if ((file === undefined) === (cycle === undefined))
        throw refusal('dauys count FILE counts a file, dauys count --cycle ID a cycle: name one of the two')
      if (cycle === undefined) return countFile(parts, file ?? '', options)
      const [other] = Object.keys(options)
      if (other !== undefined) throw refusal(`--${other} is for files: a cycle is counted by its own rules`)
      return countOfCycle(parts, cycle)
    })
}

const countOfCycle = (parts: Parts, name: string): Promise<void> =>
  act(parts, async (app) => {
    const cycle = await cycleNamed(app, name)
    // The count waits for the signed head that ends with the close; where no bot runs the command numbers the log itself.
    if (cycle.phase === 'counting') await numberLeaves(app)
    const counted = await countCycle(app, cycle.id, 'command')
    if (!counted.ok) throw refusal(countLine(cycle.slug, counted.problem))
    await tell(app, parts, cycle, counted.value)
  })

const several = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

async function tell(app: App, parts: Parts, cycle: Cycle, counts: readonly VillageCount[]): Promise<void> {
  const t = parts.textsOf(parts.textsOf.guess('en'))
  for (const village of await listVillages(app, cycle.id)) {
    const result = counts.find(({ territory }) => territory === village.territory)
    if (!result) continue
    const { ballots, count } = result
    const money = (amount: number) => t.money(amount, cycle.currency)
    parts.say(
      `${officialName(village)}: ${several(ballots, 'ballot')}, ${several(count.winners.length, 'winner')}, ` +
        `${money(count.spent)} of ${money(village.budget)}.`,
    )
    const list = await listProjects(app, 0, cycle.id, village.territory)
    for (const id of count.winners) {
      const project = list?.projects.find((one) => one.id === id)
      const votes = count.votes.find((one) => one.id === id)?.votes ?? 0
      if (project) parts.say(`    №${project.number} ${project.title.kk}: ${several(votes, 'vote')}`)
    }
  }
  parts.say(`Preliminary. "dauys cycle publish --cycle ${cycle.slug}" publishes it.`)
}

function countLine(slug: string, problem: CountProblem): string {
  switch (problem.kind) {
    case 'no-such-cycle':
      return 'there is no such cycle'
    case 'not-allowed':
      return NOT_ALLOWED
    case 'not-counting':
      return `${slug} is in phase ${problem.phase}: a cycle is counted between its close and its publication`
    case 'not-sequenced':
      return 'the log has no signed head that ends with the close yet: try again in a few seconds'
    case 'log-stopped':
      return `STOP: the last signed head of the log cannot be believed (${problem.fault.kind}); call the auditors`
    case 'log-differs':
      return 'STOP: the stored log does not have the root that was signed at the close; call the auditors'
    case 'log': {
      const faults = problem.faults.slice(0, 10).map(faultLine)
      const more = problem.faults.length > faults.length ? '; …' : ''
      return `STOP: the database does not hold what the log says, nothing was counted: ${faults.join('; ')}${more}`
    }
    case 'secret':
      return problem.state === 'missing'
        ? `STOP: ${problem.file} is not in SECRETS_DIR: bring it back; nothing was counted`
        : `STOP: ${problem.file} in SECRETS_DIR is not the one that was frozen when voting opened; nothing was counted`
    case 'ballots': {
      const faults = problem.faults.slice(0, 10).map(({ receipt, fault }) => `${receipt} (${fault})`)
      const more = problem.faults.length > faults.length ? ' …' : ''
      return `STOP: ${problem.faults.length} ballots are not as they were recorded, nothing was counted: ${faults.join(', ')}${more}`
    }
  }
}

/** A fault with its facts: `ballot-missing (seq 12)`. */
function faultLine({ kind, ...facts }: Fault): string {
  const told = Object.entries(facts).map(([name, value]) => `${name} ${String(value)}`)
  return told.length > 0 ? `${kind} (${told.join(', ')})` : kind
}
