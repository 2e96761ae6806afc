// Bugs that the suite must notice: each a patch of the source, and the story that turns red.

export interface PlantedBug {
  name: string
  /** Texts that stand once in a file, and what a bad day would have left there. */
  patches: { file: string; from: string; to: string }[]
  /** The file of the story, and the beginning of its name. */
  file: string
  story: string
}

const FUNCTIONS = 'drizzle/0001_functions.sql'
const CAST = 'drizzle/0011_signed_for_the_cast.sql'
const UPDATES = 'src/bot/updates.ts'
const remove = (file: string, from: string) => ({ file, from, to: '' })

export const PLANTED_BUGS: PlantedBug[] = [
  {
    name: 'an update is acknowledged before its effects are committed',
    patches: [
      {
        file: UPDATES,
        from: 'return work.track(taken(update).finally(() => end()))',
        to: 'work.track(taken(update).finally(() => end())).catch(() => undefined)\n      return Promise.resolve()',
      },
    ],
    file: 'test/bot/survive-stores.test.ts',
    story: 'PostgreSQL away',
  },
  {
    name: 'an update counts as seen before it was handled',
    patches: [
      remove(UPDATES, '      await session.commit(id)\n'),
      {
        file: UPDATES,
        from: "    if (begun.state === 'busy') return 'again'\n",
        to: "    if (begun.state === 'busy') return 'again'\n    await session.commit(id)\n",
      },
    ],
    file: 'test/bot/survive-stores.test.ts',
    story: 'PostgreSQL away',
  },
  {
    name: 'an update that a store’s absence failed is set aside like a poisoned one',
    patches: [
      remove(UPDATES, '      if (await isAway(ready)) await session.forgive(id).catch(() => undefined)\n'),
    ],
    file: 'test/bot/survive-stores.test.ts',
    story: 'PostgreSQL away',
  },
  {
    name: 'the application’s clock closes the vote instead of the database’s',
    patches: [
      {
        file: CAST,
        from: "phase_now <> 'voting' or t < opens or t >= closes",
        to: "phase_now <> 'voting'",
      },
      {
        file: 'src/use-cases/cast-ballot.ts',
        from: "  if (!list) return fail({ kind: 'not-verified' })\n",
        to: `  if (!list) return fail({ kind: 'not-verified' })
  if (app.now().toISOString() >= (list.place.cycle.timeline.counting ?? ''))
    return fail({ kind: 'closed', closesAt: undefined })\n`,
      },
    ],
    file: 'test/use-cases/race-close.test.ts',
    story: 'after its time a vote is closed',
  },
  {
    name: 'a cast does not hold the lock that the close waits for',
    patches: [
      remove(CAST, '  perform pg_advisory_xact_lock_shared(7, o.cycle);\n'),
      {
        file: CAST,
        from: '  t := clock_timestamp();\n',
        to: '  t := clock_timestamp();\n  perform pg_sleep(0.4);\n',
      },
    ],
    file: 'test/use-cases/race-close.test.ts',
    story: 'an official closes while sixty Sends',
  },
  {
    name: 'one opened ballot can be cast twice',
    patches: [
      remove(
        'drizzle/0000_tables.sql',
        '\tCONSTRAINT "ballot_opened_ballot_unique" UNIQUE("opened_ballot"),\n',
      ),
      {
        file: CAST,
        from: '  select * into b from ballot x where x.opened_ballot = p_ballot;\n',
        to: '  select * into b from ballot x where false;\n',
      },
    ],
    file: 'test/bot/survive-sends.test.ts',
    story: 'fifty Sends of one person',
  },
  {
    name: 'a new version of a vote takes the place of the old one',
    patches: [
      remove(
        FUNCTIONS,
        'create trigger ballot_append_only before update or delete on ballot for each row execute function append_only();\n--> statement-breakpoint\n',
      ),
      {
        file: CAST,
        from: 'values (o.cycle, o.roll_row, s_last + 1, p_ballot, p_channel, p_box, l, p_receipt, p_bond, p_signed_at, p_signature, t);',
        to: `values (o.cycle, o.roll_row, 1, p_ballot, p_channel, p_box, l, p_receipt, p_bond, p_signed_at, p_signature, t)
      on conflict on constraint ballot_cycle_roll_row_s_pk do update set opened_ballot = excluded.opened_ballot,
        box = excluded.box, leaf = excluded.leaf, receipt = excluded.receipt, bond = excluded.bond,
        signed_at = excluded.signed_at, signature = excluded.signature, at = excluded.at;`,
      },
    ],
    file: 'test/use-cases/race-model.test.ts',
    story: 'whatever people do',
  },
  {
    name: 'wrong codes are not counted',
    patches: [
      {
        file: FUNCTIONS,
        from: "  if not found or k.state not in ('printed', 'handed_over') then\n    insert into attempt (cycle, account) values (p_cycle, p_account);\n",
        to: "  if not found or k.state not in ('printed', 'handed_over') then\n",
      },
    ],
    file: 'test/use-cases/race-claims.test.ts',
    story: 'fifty guesses at once',
  },
  {
    name: 'one account may hold any number of people',
    patches: [
      {
        file: FUNCTIONS,
        from: '  if people >= (select max_people from cycle where id = p_cycle) then\n',
        to: '  if false then\n',
      },
    ],
    file: 'test/use-cases/race-claims.test.ts',
    story: 'fifty claims of four cards',
  },
  {
    name: 'a message whose fate is unknown is sent again',
    patches: [
      {
        file: 'src/bot/api.ts',
        from: '/^(edit|answer|delete|get|set)/',
        to: '/^(edit|answer|delete|get|set|send)/',
      },
    ],
    file: 'test/bot/survive-telegram.test.ts',
    story: 'drop-reply on a new message',
  },
  {
    name: 'choices reach the database unsealed',
    patches: [
      {
        file: 'src/use-cases/cast-ballot.ts',
        from: 'const box = sealBallot(app.sodium, publicKey, { nonce, choices }, cycle.boxSize)',
        to: 'const box = sealBallot === undefined ? publicKey : new TextEncoder().encode(choices)',
      },
    ],
    file: 'test/bot/survive-canary.test.ts',
    story: 'choices, codes and phones',
  },
  {
    name: 'what a person wrote is logged with the error',
    patches: [
      {
        file: 'src/bot/errors.ts',
        from: "log.error('update failed', { ...errorFacts(error),",
        to: "log.error('update failed', { ...errorFacts(error), update: JSON.stringify(update),",
      },
    ],
    file: 'test/bot/survive-canary.test.ts',
    story: 'choices, codes and phones',
  },
]
