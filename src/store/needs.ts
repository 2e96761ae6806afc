// What residents say that their village needs: one answer an account and cycle, read as sums.
import type { Localised } from '../core/localised.ts'
import type { Apart, Tally } from '../core/needs.ts'
import type { Tx } from './db.ts'

/** `marks`: numbers of needs, from 1, in the order in which they were marked. `voice`: Telegram's id of a voice note. */
export interface NeedAnswer {
  marks: number[]
  line: string | null
  voice: string | null
}

export interface AnswerPlace {
  cycle: number
  account: number
  territory: number
}

/** What a cycle asks about, in its order; empty where it asks nothing. */
export async function needsOf(tx: Tx, cycle: number): Promise<Localised[]> {
  const [row] = await tx.sql<{ needs: Localised[] }[]>`select needs from cycle where id = ${cycle}`
  return row?.needs ?? []
}

/** Cycles that ask what is needed and are not over, by number. */
export async function consultingCycles(tx: Tx): Promise<number[]> {
  const rows = await tx.sql<{ id: number }[]>`
    select id from cycle where jsonb_array_length(needs) > 0 and phase not in ('draft', 'implementation', 'closed') order by id`
  return rows.map(({ id }) => id)
}

export async function answerOf(tx: Tx, cycle: number, account: number): Promise<NeedAnswer | undefined> {
  const [row] = await tx.sql<NeedAnswer[]>`
    select to_json(marks) as marks, line, voice from need_answer where cycle = ${cycle} and account = ${account}`
  return row
}

/** Marks a need, where fewer than `most` are marked or it is marked already. Returns the marks as they stand. */
export async function addMark(
  tx: Tx,
  { cycle, account, territory }: AnswerPlace,
  need: number,
  most: number,
): Promise<number[]> {
  const [row] = await tx.sql<{ marks: number[] }[]>`
    insert into need_answer as a (cycle, account, territory, marks)
    values (${cycle}, ${account}, ${territory}, array[${need}::int]::smallint[])
    on conflict (cycle, account) do update set territory = excluded.territory, changed_at = clock_timestamp(),
      marks = case when ${need}::int = any(a.marks) or cardinality(a.marks) >= ${most}::int then a.marks
        else a.marks || excluded.marks end
    returning to_json(marks) as marks`
  return row?.marks ?? []
}

/** Takes a mark away; one that is not there is no fault. */
export async function dropMark(
  tx: Tx,
  { cycle, account, territory }: AnswerPlace,
  need: number,
): Promise<void> {
  await tx.sql`
    update need_answer set marks = array_remove(marks, ${need}::smallint), territory = ${territory}, changed_at = clock_timestamp()
    where cycle = ${cycle} and account = ${account}`
}

/** Puts a line or a voice note in place of whatever stood there; nulls take it away. */
export async function putWords(
  tx: Tx,
  { cycle, account, territory }: AnswerPlace,
  { line, voice }: Pick<NeedAnswer, 'line' | 'voice'>,
): Promise<void> {
  await tx.sql`
    insert into need_answer (cycle, account, territory, line, voice) values (${cycle}, ${account}, ${territory}, ${line}, ${voice})
    on conflict (cycle, account) do update set territory = excluded.territory, line = excluded.line, voice = excluded.voice,
      voice_copy = null, voice_copyable = true, changed_at = clock_timestamp()`
}

/** What a village said so far. Whoever holds a right in the cycle at this moment is verified; an empty answer counts nowhere. */
export async function tallyOf(tx: Tx, cycle: number, territory: number): Promise<Tally> {
  const rows = await tx.sql<(Apart & { need: number })[]>`
    with said as (
      select a.marks, exists (select 1 from claim c where c.cycle = a.cycle and c.account = a.account) as verified
      from need_answer a where a.cycle = ${cycle} and a.territory = ${territory}
        and (cardinality(a.marks) > 0 or a.line is not null or a.voice is not null))
    select n.need, count(s.*) filter (where s.verified)::int as verified, count(s.*) filter (where not s.verified)::int as unverified
    from generate_series(0, (select jsonb_array_length(needs) from cycle where id = ${cycle})) n(need)
    left join said s on n.need = 0 or n.need = any(s.marks) group by n.need order by n.need`
  const [answers = { verified: 0, unverified: 0 }, ...needs] = rows.map(({ verified, unverified }) => ({
    verified,
    unverified,
  }))
  return { answers, needs }
}

/** What residents of a village added in words, oldest first, as they wrote it; and how many sent a voice note. */
export async function linesOf(
  tx: Tx,
  cycle: number,
  territory: number,
): Promise<{ lines: string[]; voices: number }> {
  const [row] = await tx.sql<{ lines: string[]; voices: number }[]>`
    select coalesce(json_agg(line order by changed_at) filter (where line is not null), '[]') as lines, count(voice)::int as voices
    from need_answer where cycle = ${cycle} and territory = ${territory}`
  return row ?? { lines: [], voices: 0 }
}

/** What one resident added. `needs`: the numbers that they marked. `verified`: they hold a right in the cycle at this moment. */
export interface Said {
  verified: boolean
  needs: number[]
  line: string | null
  voice: string | null
  /** Name of our copy of the voice note. */
  copy: string | null
}

/** Lines and voice notes of a village, or of those who marked one need: verified people first, the oldest first. */
export const saidIn = (
  tx: Tx,
  { cycle, territory }: { cycle: number; territory: number },
  need?: number,
): Promise<Said[]> =>
  tx.sql<Said[]>`
    select exists (select 1 from claim c where c.cycle = a.cycle and c.account = a.account) as verified, to_json(a.marks) as needs,
      a.line, a.voice, a.voice_copy as copy
    from need_answer a where a.cycle = ${cycle} and a.territory = ${territory} and (a.line is not null or a.voice is not null)
      and (${need ?? null}::int is null or ${need ?? null}::int = any(a.marks))
    order by 1 desc, a.changed_at, a.account`

/** Voice notes of which no copy was made yet, oldest first. */
export const uncopiedVoices = (
  tx: Tx,
  limit: number,
): Promise<{ cycle: number; account: number; voice: string }[]> =>
  tx.sql<{ cycle: number; account: number; voice: string }[]>`
    select cycle, account, voice from need_answer where voice is not null and voice_copy is null and voice_copyable
    order by changed_at limit ${limit}`

/** Names the copy of a voice note, or null: none can be made. False: it was taken away or changed meanwhile. */
export async function nameVoiceCopy(
  tx: Tx,
  { cycle, account, voice }: { cycle: number; account: number; voice: string },
  copy: string | null,
): Promise<boolean> {
  const { count } = await tx.sql`
    update need_answer set voice_copy = ${copy}, voice_copyable = ${copy !== null}
    where cycle = ${cycle} and account = ${account} and voice = ${voice} and voice_copy is null`
  return count > 0
}

/** Telegram's new id of a voice note, sent as our copy, in place of one of another bot. Returns the one that is kept now. */
export async function renewVoice(tx: Tx, old: string, voice: string): Promise<string> {
  await tx.sql`update need_answer set voice = ${voice} where voice = ${old}`
  return voice
}
