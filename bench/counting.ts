// The scene `counting`: a large file read and counted, a million ballots, and Equal Shares against a naive exact program.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readElectionFile } from '../src/cli/pabulib-lines.ts'
import type { Count } from '../src/core/counting/count.ts'
import { equalSharesOf } from '../src/core/counting/equal-shares-terms.ts'
import { count, type RuleTerms } from '../src/core/counting/index.ts'
import { electionOf } from '../src/core/formats/pabulib/election.ts'
import { PabulibVotes } from '../src/core/formats/pabulib/votes.ts'
import { naiveAdd1 } from './naive-shares.ts'

const LODZ = 'test/data/pabulib/Poland_Lodz_2022.pb.gz'
/** The naive program would take hours for all 90,494. */
const EVERY = 90
const GREEDY: RuleTerms = { rule: 'greedy', skip: true, minVotes: 0, ties: ['rows'] }
const ADD1 = equalSharesOf('equalshares/add1', 0)
const run = promisify(execFile)
const NO_SEED = new Uint8Array()

interface Figure {
  what: string
  seconds: number
  note: string
}

/** The lines to print: a table. Under a minute in all. */
export async function countingScene(): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'dauys-bench-'))
  try {
    const figures = [
      ...(await readAndCount(join(dir, 'large.pb'), 100_000, 100)),
      ...(await readAndCount(join(dir, 'million.pb'), 1_000_000, 100)),
      await command('Łódź 2022, all 90,494 voters, Add1: the command', [
        'count',
        LODZ,
        ...'--rule equal-shares --completion add1'.split(' '),
      ]),
      ...(await equalShares()),
    ]
    const width = Math.max(...figures.map(({ what }) => what.length))
    return figures.map(
      ({ what, seconds, note }) => `${what.padEnd(width)}  ${seconds.toFixed(2).padStart(7)} s  ${note}`,
    )
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function readAndCount(path: string, voters: number, projects: number): Promise<Figure[]> {
  await writeFile(path, madeUp(voters, projects))
  const started = performance.now()
  const election = electionOf(await readElectionFile(path))
  const read = performance.now()
  const counted = count(election, GREEDY, NO_SEED)
  const done = performance.now()
  const name = `${voters.toLocaleString('en')} approval ballots × ${projects} projects`
  const distinct = `${election.ballots.times.length.toLocaleString('en')} distinct ballots`
  return [
    { what: `${name}: read`, seconds: (read - started) / 1000, note: distinct },
    { what: `${name}: greedy`, seconds: (done - read) / 1000, note: `${counted.winners.length} winners` },
    { what: `${name}: together`, seconds: (done - started) / 1000, note: '' },
    await command(`${name}: the command`, ['count', path]),
  ]
}

/** The whole program in a process of its own, from its start to its end, with the most memory that it had. */
async function command(what: string, args: readonly string[]): Promise<Figure> {
  const tell = 'process.on("exit", () => process.stderr.write(`\\n${process.resourceUsage().maxRSS}`))'
  const started = performance.now()
  const { stderr } = await run(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(tell)}`, 'dist/dauys.mjs', ...args],
    { maxBuffer: 64_000_000 },
  )
  const seconds = (performance.now() - started) / 1000
  return { what, seconds, note: `most memory ${Math.round(Number(stderr.split('\n').at(-1)) / 1024)} MB` }
}

/** An election of the size wanted: five approvals a ballot, some projects more popular than others; the same every time. */
function madeUp(voters: number, projects: number): string {
  let state = 1
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const lines = ['META', 'key;value', `num_projects;${projects}`, `num_votes;${voters}`, 'budget;10000000']
  lines.push('vote_type;approval', 'rule;greedy', 'PROJECTS', 'project_id;cost;name')
  for (let id = 1; id <= projects; id += 1) lines.push(`${id};${100_000 + id * 3_700};Project ${id}`)
  lines.push('VOTES', 'voter_id;vote')
  for (let voter = 1; voter <= voters; voter += 1) {
    const marks = new Set<number>()
    while (marks.size < 5) marks.add(1 + Math.floor(chance() ** 1.5 * projects))
    lines.push(`${voter};${[...marks].join(',')}`)
  }
  return `${lines.join('\n')}\n`
}

/** All of Łódź by our program; then every so many-eth voter, the amounts divided by the same number, by both programs. */
async function equalShares(): Promise<Figure[]> {
  const file = await readElectionFile(LODZ)
  const whole = electionOf(file)
  const [all, allSeconds] = timed(() => count(whole, ADD1, NO_SEED))
  const votes = [...file.votes].filter((_, at) => at % EVERY === 0)
  const projects = file.projects.map((one) => ({
    ...one,
    cost: Math.max(1, Math.round(one.cost / EVERY)),
  }))
  const budget = Math.round(whole.budget / EVERY)
  const part = electionOf({
    projects,
    votes: PabulibVotes.of(votes, projects),
    meta: { ...file.meta, budget },
  })
  const voters = new Map<string, number[]>(projects.map(({ id }) => [id, []]))
  votes.forEach((vote, voter) => {
    for (const id of vote.projects) voters.get(id)?.push(voter)
  })
  const listed = projects.map(({ id, cost }) => ({ id, cost, voters: voters.get(id) ?? [] }))
  const [ours, seconds] = timed(() => count(part, ADD1, NO_SEED))
  const [naive, naiveSeconds] = timed(() => naiveAdd1(listed, votes.length, budget))
  if (JSON.stringify(ours.winners) !== JSON.stringify(naive.winners))
    throw new Error('the two programs do not agree on the winners')
  const name = `Łódź 2022, ${votes.length.toLocaleString('en')} voters, Add1`
  const agree = `the same ${naive.winners.length} winners; ${naive.runs} endowments`
  return [
    { what: 'Łódź 2022, all 90,494 voters, Add1: ours', seconds: allSeconds, note: raisedNote(all) },
    { what: `${name}: ours`, seconds, note: raisedNote(ours) },
    { what: `${name}: naive exact`, seconds: naiveSeconds, note: agree },
    { what: `${name}: ratio`, seconds: naiveSeconds / seconds, note: 'times as fast (not seconds)' },
  ]
}

function timed<R>(work: () => R): [R, number] {
  const started = performance.now()
  const result = work()
  return [result, (performance.now() - started) / 1000]
}

function raisedNote({ winners, steps }: Count): string {
  const raised = steps.find((step) => step.kind === 'raised')
  return `${winners.length} winners; share raised from ${raised?.from} to ${raised?.to}`
}
