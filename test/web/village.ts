// A vote for the stories of the public pages: 40 projects with long titles, a village of three voters, one without projects, a photo.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import type { TestApp } from '../support/app.ts'
import { BESTEREK, type BotCycle, botCycle, MAKANSHY, ULYTAU } from '../support/bot-cycle.ts'
import { must, vote, voters } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { PIXEL } from '../support/person.ts'

export const HOSTILE = `<script>alert(1)</script> "'&`
const COPY = '1-0123456789ab.png'

/** The folder with our copy of a photo of the first project. */
export async function putPhoto(app: TestApp, { id, villages: [village] }: BotCycle): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dauys-photos-'))
  await writeFile(join(folder, COPY), Buffer.from(PIXEL, 'base64'))
  const [project] = village.projects
  await unguarded(app.db, async (sql) => {
    const [row] = await sql<{ id: number }[]>`
      insert into idea (cycle, territory, author, locale, state, number, cost, project, title)
      values (${id}, ${village.territory}, null, 'kk', 'feasible', 1, ${project?.cost ?? 1}, ${project?.id ?? ''}, 'x') returning id`
    await sql`insert into idea_media (idea, kind, message, file_id, unique_id, copy)
      values (${row?.id ?? 0}, 'photo', 1, 'f', 'u', ${COPY})`
  })
  return folder
}

/** Sums of eight digits, titles of about 200 letters, one of them hostile. */
export const largeVote = (app: TestApp): Promise<BotCycle> =>
  botCycle(app, {
    trial: false,
    villages: [
      {
        name: MAKANSHY,
        projects: 40,
        budget: 98_765_432,
        edit: ({ title }, number) => ({
          cost: 12_345_678 + number * 111_111,
          title:
            number === 2
              ? { kk: HOSTILE, ru: HOSTILE, en: HOSTILE }
              : {
                  kk: `${title.kk}. ${'Әкімдік өңірдегі үлкен құрылысты һәм ғимаратты іске қосады. '.repeat(2)}`.trim(),
                  ru: `${title.ru}. ${'Акимат строит и ремонтирует большие объекты всего округа. '.repeat(2)}`.trim(),
                },
        }),
      },
      { name: ULYTAU, projects: 4 },
      { name: BESTEREK, projects: 0 },
    ],
  })

/** 30 people vote in the first village, three in the second. */
export async function castAll(app: TestApp, { id, villages }: BotCycle): Promise<void> {
  for (const [at, count] of [30, 3].entries()) {
    const village = villages[at]
    if (!village) throw new Error('a story of two villages')
    for (const [n, voter] of (await voters(app, id, village.territory, count)).entries())
      must(await vote(app, id, voter, [village.projects[n % Math.min(7, village.projects.length)]?.id ?? '']))
  }
}

export async function closeAndCount(app: TestApp, { id }: BotCycle): Promise<void> {
  must(await movePhase(app, id, { by: 'clock' }))
  await numberLeaves(app)
  must(await countCycle(app, id, 'command'))
}

export const publish = async (app: TestApp, { id }: BotCycle): Promise<void> => {
  await numberLeaves(app)
  must(await publishResults(app, id, 'command'))
}
