// A small election as a .pb file, and the same with some lines changed.
import type { PabulibFile } from '../../src/core/formats/pabulib/file.ts'
import { readPabulib } from '../../src/core/formats/pabulib/read.ts'

const lines = [
  'META',
  'key;value',
  'description;Village budget',
  'country;Kazakhstan',
  'unit;Baiqonyr',
  'instance;2026',
  'num_projects;3',
  'num_votes;2',
  'budget;100',
  'vote_type;approval',
  'rule;greedy',
  'date_begin;01.10.2026',
  'date_end;31.10.2026',
  'PROJECTS',
  'project_id;cost;name',
  'c1;60;Well',
  '01;50;Lamps',
  '1;30;Park',
  'VOTES',
  'voter_id;vote',
  'v1;c1,01',
  'v2;01',
]

/** The village file with some lines replaced: `{ 16: 'c1;60,5;Well' }`, by line number. */
export const village = (changes: Record<number, string> = {}): string =>
  lines.map((line, at) => changes[at + 1] ?? line).join('\n')

/** Reads a file that is sound. */
export const read = (text: string): PabulibFile => {
  const file = readPabulib(text)
  if (!file.ok) throw new Error(JSON.stringify(file.problem))
  return file.value
}
