// Where a cycle asks for supporters: an idea has enough of them once, and what never had is not voted on. Authors are told of both.
import { ideaHash } from '../core/audit/idea-hash.ts'
import { shownTitle } from '../core/idea.ts'
import { clock } from '../store/clock.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { holdIdeas } from '../store/idea-list.ts'
import { concernedBy } from '../store/idea-wishes.ts'
import { dropUnsupported, markSupported } from '../store/idea-support.ts'
import { type Idea, ideaById, ideasIn, ideaTermsOf } from '../store/ideas.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { tell } from './tell.ts'
import { beganKey } from './tell-watchers.ts'

/** In the transaction of whatever may have been the last supporter. `one`: by id; all of the cycle without it. */
export async function reachSupport(app: App, tx: Tx, cycle: number, one?: number): Promise<void> {
  for (const id of await markSupported(tx, cycle, one)) {
    const idea = (await ideaById(tx, id)) as Idea
    await log(app, tx, idea, 'supported', idea)
    if (idea.author === null) continue
    const { number, territory, support } = idea
    await tell(
      app,
      tx,
      {
        kind: 'idea-supported',
        cycle,
        territory,
        idea: number ?? 0,
        title: titleOf(idea),
        needed: support?.needed ?? 0,
      },
      { account: idea.author, dedupe: `idea-supported:${id}:${idea.author}` },
    )
  }
}

/** In the transaction that begins the phase: what has enough already is told so, and whoever has to do with an idea hears of the phase. */
export async function beginSupport(app: App, tx: Tx, { id: cycle, timeline }: Cycle): Promise<void> {
  const { support } = await ideaTermsOf(tx, cycle)
  const until = timeline.voting
  if (!support || until === undefined) return
  await holdIdeas(tx, cycle)
  await reachSupport(app, tx, cycle)
  const key = beganKey(cycle, 'support')
  for (const { id, territory } of await ideasIn(tx, cycle, { states: ['feasible'] })) {
    const { author, others } = await concernedBy(tx, id)
    for (const { account } of author === null ? others : [{ account: author }, ...others])
      await tell(
        app,
        tx,
        { kind: 'began', cycle, territory, phase: 'support', until },
        { account, dedupe: `${key}:${account}` },
      )
  }
}

/** In the transaction that begins voting, before the list takes what is left. */
export async function endSupport(app: App, tx: Tx, { id: cycle, phase }: Cycle): Promise<void> {
  const { support } = await ideaTermsOf(tx, cycle)
  if (!support || phase !== 'support') return
  await holdIdeas(tx, cycle)
  for (const id of await dropUnsupported(tx, cycle)) {
    const idea = (await ideaById(tx, id)) as Idea
    await log(app, tx, { ...idea, state: 'feasible' }, 'unsupported', idea)
    const { author, others } = await concernedBy(tx, id)
    const { number, territory, supporters } = idea
    const { needed } = support
    const told = { cycle, territory, idea: number ?? 0, title: titleOf(idea), supporters, needed }
    const all = author === null ? others : [{ account: author, supports: true }, ...others]
    for (const { account, supports } of all)
      await tell(
        app,
        tx,
        {
          kind: 'idea-unsupported',
          ...told,
          mine: account === author,
          ...(supports ? {} : { follows: true }),
        },
        { account, dedupe: `idea-unsupported:${id}:${account}` },
      )
  }
}

const titleOf = (idea: Idea): string => shownTitle(idea)[idea.locale === 'ru' ? 'ru' : 'kk']

/** Who supports it stands in no log; that there were enough, or too few, does. */
async function log(
  app: App,
  tx: Tx,
  before: Idea,
  decision: 'supported' | 'unsupported',
  after: Idea,
): Promise<void> {
  await appendLeaf(app, tx, after.cycle, {
    kind: 'idea-decided',
    at: await clock(tx),
    cycle: after.slug,
    village: String(after.territory),
    idea: after.number ?? 0,
    decision,
    from: before.state,
    to: after.state,
    before: ideaHash(before),
    after: ideaHash(after),
    by: 'clock',
  })
}
