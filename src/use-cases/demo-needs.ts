// What invented residents of the demo's village said it needs before it was asked for ideas, and what its akimat answered.
import type { Localised } from '../core/localised.ts'
import { type NotAsking, markNeed, sayNeed, type Where } from './answer-needs.ts'
import type { App } from './app.ts'
import { muteKind } from './mute-kind.ts'
import { publishNeeds } from './publish-needs.ts'

/** Far above every account that Telegram gives, and apart from neighbours who vote and who have ideas. */
const FIRST_NEIGHBOUR = 9_600_000_000_000
const NEIGHBOURS = 24

/** Numbers of `NEEDS` that the neighbours mark, in turn: light and water lead, and some needs stay too small to be told. */
const MARKS: readonly (readonly number[])[] = [
  [3, 4],
  [1, 3],
  [3, 8],
  [1, 4],
  [2, 3, 4],
  [1, 3, 8],
]

/** Of every sixth neighbour, in turn. */
const LINES: readonly string[] = [
  'Қыста мектеп көшесі қап-қараңғы, балалар қорқады.',
  'Колонка у крайней улицы замерзает, воду возим издалека.',
  'У медпункта негде присесть, ждём стоя.',
  'Клуб жанында көлеңке жоқ, ағаш керек.',
]

const DEMO_REPLY: Localised = {
  kk: 'Рақмет. Көше жарығы мен ауызсудан бастаймыз: осы туралы идеяларды күтеміз.',
  ru: 'Спасибо. Начнём с освещения улиц и питьевой воды: ждём идеи об этом.',
  en: 'Thank you. We begin with street lighting and drinking water: we wait for ideas about that.',
}

/** While the cycle asks: each neighbour marks and says theirs, and hears nothing of it later. Safe to repeat. */
export async function answerAsNeighbours(app: App, at: Where): Promise<void> {
  for (let n = 0; n < NEIGHBOURS; n++) {
    const account = FIRST_NEIGHBOUR + at.cycle * 100 + n
    await muteKind(app, account, 'results', true)
    for (const need of MARKS[n % MARKS.length] ?? [])
      accepted(await markNeed(app, account, at, { need, on: true }))
    const line = n % MARKS.length === 0 ? LINES[n / MARKS.length] : undefined
    if (line !== undefined) accepted(await sayNeed(app, account, at, { line }))
  }
}

/** What came after the end of the asking is left out, as anybody's would be. */
function accepted(said: { ok: true } | { ok: false; problem: NotAsking | { kind: string } }): void {
  if (!said.ok && said.problem.kind !== 'not-asking')
    throw new Error(`a neighbour of the demo could not say what is needed: ${said.problem.kind}`)
}

/** Safe to repeat; a cycle that asked nothing publishes nothing. */
export async function publishDemoNeeds(app: App, at: Where): Promise<void> {
  const published = await publishNeeds(app, at, DEMO_REPLY, 'command')
  if (!published.ok && published.problem.kind !== 'published' && published.problem.kind !== 'no-consultation')
    throw new Error(`the demo could not publish what is needed: ${published.problem.kind}`)
}
