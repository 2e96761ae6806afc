// dauys count --cycle: the ballots of a cycle after its close, village by village. Where few voted there are totals only.
import { extname } from 'node:path'
import type { Tally } from '../core/audit/tally.ts'
import { electionOfChoices } from '../core/counting/election.ts'
import { afterVote } from '../core/counting/reserve.ts'
import { SHOWN_FROM, shownCount } from '../core/counting/shown.ts'
import { writeCsv } from '../core/formats/csv.ts'
import { hasPoints } from '../core/formats/pabulib/meta.ts'
import { pabulibOfCycle } from '../core/formats/pabulib/of-cycle.ts'
import { countJson, reasonLines, tellLines } from '../documents/count-lines.ts'
import { headerOf, tableRows } from '../documents/count-table.ts'
import type { Counted } from '../documents/counted.ts'
import type { T } from '../i18n.ts'
import type { App } from '../use-cases/app.ts'
import { countCycle, type Opened, type VillageCount } from '../use-cases/count-cycle.ts'
import { type Cycle, type CycleVillage, listVillages } from '../use-cases/list-cycles.ts'
import { numberLeaves } from '../use-cases/number-leaves.ts'
import { namedOf } from '../words/count-steps.ts'
import { placeName } from '../words/place.ts'
import { hasPots, withPot } from '../words/pot.ts'
import { trialNotes } from '../words/trial.ts'
import { nextOnReserve } from '../words/work.ts'
import { act, codeOf, cycleNamed, type Parts, refused } from './acting.ts'
import { countRefusal } from './count-refused.ts'
import { nowAndThen } from './progress.ts'
import { type CountOutputs, explained, projectNumbered } from './counted.ts'
import { checkOutputs, electionText, pictureOf, written } from './write-count.ts'

/** A village with its count; `counted` only where enough voted. */
interface Told {
  place: CycleVillage
  count: VillageCount
  counted: Counted | undefined
}

export async function countOfCycle(parts: Parts, name: string, options: CountOutputs): Promise<void> {
  checkOutputs(options)
  await act(parts, async (app) => {
    const cycle = await cycleNamed(app, name)
    // The count waits for the signed head that ends with the close; where no bot runs the command numbers the log itself.
    if (cycle.phase === 'counting') await numberLeaves(app)
    const tell = nowAndThen()
    const done = await countCycle(app, cycle.id, 'command', (opened, all) =>
      tell(() => parts.t('cli.count-opened', { done: opened, all })),
    )
    if (!done.ok) {
      const places = await listVillages(app, cycle.id)
      throw countRefusal(cycle.slug, done.problem, (t, territory) => {
        const place = places.find((one) => one.territory === territory)
        return place ? placeName(t, place) : String(territory)
      })
    }
    const told = await toldOf(app, parts.t, cycle, done.value)
    const lines = options.json
      ? [JSON.stringify(cycleJson(parts.t, cycle, told, options.explain), null, 2)]
      : cycleLines(parts.t, cycle, told, options.explain)
    // First the files: whoever reads the lines may close the pipe.
    await writeFiles(parts, told, options)
    for (const line of lines) parts.say(line)
  })
}

async function toldOf(app: App, t: T, cycle: Cycle, counts: readonly VillageCount[]): Promise<Told[]> {
  const places = await listVillages(app, cycle.id)
  return places.flatMap((place) =>
    counts
      .filter(({ territory }) => territory === place.territory)
      .map((count) => ({
        place,
        count,
        counted: count.opened && countedOf(t, cycle, place, count, count.opened),
      })),
  )
}

function countedOf(
  t: T,
  cycle: Cycle,
  place: CycleVillage,
  { count, pot }: VillageCount,
  opened: Opened,
): Counted {
  const { budget, projects, ballot, rule, seed, ballots } = opened
  const { voting = cycle.asOf, counting = cycle.asOf } = cycle.timeline
  const file = pabulibOfCycle({
    slug: cycle.slug,
    title: t.of(cycle.title),
    place: withPot(t, placeName(t, place), place, pot),
    budget,
    currency: cycle.currency,
    begin: voting,
    end: counting,
    projects: projects.map(({ title, ...project }) => ({ ...project, name: t.of(title) })),
    ballot,
    rule,
    ballots,
  })
  return {
    file,
    election: electionOfChoices(budget, projects, ballots, ballot),
    terms: rule,
    count,
    seed,
    named: { ...namedOf(cycle.currency, projects), points: hasPoints(file) },
    notes: [
      withPot(t, placeName(t, place), place, pot),
      ...trialNotes(t, { cycle }),
      t('cli.count-preliminary'),
    ],
    own: false,
  }
}

/** One table of all villages; an election and a picture of each, with the code of the village where there are several. */
async function writeFiles(parts: Parts, told: readonly Told[], options: CountOutputs): Promise<void> {
  const { t } = parts
  const { csv, pb, picture, json = false } = options
  if (csv !== undefined) await written(parts, csv, cycleCsv(t, told), json)
  for (const { place, count, counted } of told) {
    if (!counted) continue
    if (pb !== undefined) await written(parts, pathOf(pb, told, place, count), electionText(counted), json)
    if (picture === undefined) continue
    const path = pathOf(picture, told, place, count)
    await written(parts, path, await pictureOf(t, counted, path), json)
  }
}

function pathOf(path: string, told: readonly Told[], place: CycleVillage, { pot }: VillageCount): string {
  if (told.length < 2) return path
  const kind = extname(path)
  return `${path.slice(0, path.length - kind.length)}-${codeOf(place)}${hasPots(place) ? `-${pot}` : ''}${kind}`
}

function cycleCsv(t: T, told: readonly Told[]): string {
  const points = told.some(({ counted }) => counted && hasPoints(counted.file))
  const header = [t('documents.register-village'), ...headerOf(t, points)]
  const rows = told.flatMap(({ place, count, counted }) => {
    const village = withPot(t, placeName(t, place), place, count.pot)
    if (counted) return tableRows(counted).map((row) => [village, ...row])
    const totals = t('cli.count-totals', { ballots: count.ballots, winners: count.count.winners.length })
    return [[village, '', '', totals, count.count.spent, ...header.slice(5).map(() => '')]]
  })
  return `\uFEFF${writeCsv([header, ...rows])}`
}

function cycleJson(t: T, cycle: Cycle, told: readonly Told[], explain: string | undefined) {
  return {
    cycle: cycle.slug,
    published: false,
    ballots: tallyOf(told.map(({ count }) => count)),
    villages: told.map(({ place, count, counted }) => {
      const { shows: _, count: shown, ballots } = shownCount(count.count, count.ballots)
      const head = { village: codeOf(place), name: placeName(t, place), pot: count.pot, ballots }
      if (!counted) return { ...head, cost: shown.spent, winners: shown.winners }
      const reason =
        explain === undefined || projectNumbered(counted, explain) === undefined
          ? undefined
          : explained(counted, explain)
      const projects = counted.file.projects.map(({ id, name, cost }) => ({
        id,
        number: counted.named.number(id),
        name,
        cost,
      }))
      return { ...head, projects, ...countJson(counted, reason) }
    }),
  }
}

function cycleLines(t: T, cycle: Cycle, told: readonly Told[], explain: string | undefined): string[] {
  const villages = explain === undefined ? told : told.filter((one) => mayHave(one, explain))
  if (explain !== undefined && villages.length === 0) throw refused('cli.count-no-project', { id: explain })
  const lines = villages.flatMap(({ place, count, counted }) => {
    const { ballots, count: shown } = shownCount(count.count, count.ballots)
    const money = (sum: number) => t.money(sum, cycle.currency)
    const facts = { ballots: t.number(ballots), winners: t.number(shown.winners.length) }
    const sums = {
      budget: money(shown.spent + shown.left),
      spent: money(shown.spent),
      left: money(shown.left),
    }
    const head = t('cli.count-village', {
      village: withPot(t, placeName(t, place), place, count.pot),
      ...facts,
      ...sums,
    })
    if (!counted) return [head, `    ${t('cli.count-few', { count: SHOWN_FROM })}`, '']
    const more =
      explain === undefined ? tellLines(t, counted) : reasonLines(t, counted, explained(counted, explain))
    const next = explain === undefined ? nextLine(t, cycle, count) : []
    return [head, ...[...more, ...next].map((line) => (line === '' ? '' : `    ${line}`)), '']
  })
  if (explain !== undefined) return [...lines, t('cli.count-preliminary')]
  const {
    set_aside: aside,
    void: gone,
    paper: papers = 0,
    ...tally
  } = tallyOf(told.map(({ count }) => count))
  return [
    ...lines,
    t('cli.count-sum', { ...tally, paper: gone, aside }),
    ...(papers > 0 ? [t('cli.count-papers', { papers })] : []),
    `${t('cli.count-preliminary')} ${t('cli.count-publish', { cycle: cycle.slug })}`,
  ]
}

/** Who is next where a winner saves money or drops out, by the frozen rule. */
function nextLine(t: T, cycle: Cycle, { count, opened }: VillageCount): string[] {
  if (!opened) return []
  const { projects, reserve } = opened
  const line = nextOnReserve(t, afterVote({ projects, count, reserve }, []).next, projects, cycle.currency)
  return line === undefined ? [] : ['', line]
}

/** A village of which nothing is told may have it. */
const mayHave = ({ counted }: Told, number: string): boolean =>
  !counted || projectNumbered(counted, number) !== undefined

/** Where the ballots of the cycle went, each village once. */
function tallyOf(counts: readonly VillageCount[]): Tally {
  const villages = [...new Map(counts.map(({ territory, tally }) => [territory, tally])).values()]
  const sum = (key: keyof Tally) => villages.reduce((all, tally) => all + (tally[key] ?? 0), 0)
  const papers = sum('paper')
  return {
    cast: sum('cast'),
    counted: sum('counted'),
    superseded: sum('superseded'),
    void: sum('void'),
    set_aside: sum('set_aside'),
    ...(papers > 0 ? { paper: papers } : {}),
  }
}
