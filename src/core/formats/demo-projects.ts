// The invented projects of the demo, as the file in data/ has them.
import type { Localised } from '../localised.ts'
import type { Money } from '../money.ts'
import { fail, ok, type Result } from '../result.ts'
import { type ColumnsProblem, readColumns } from './columns.ts'

export type DemoProject = {
  title: Localised
  category: string
  cost: Money
  /** Code of the settlement where it would stand. */
  kato: string
  lat: number
  lon: number
}

export type DemoProjectProblem = ColumnsProblem | { kind: 'bad-row'; line: number }

/** Reads `title_en,title_ru,title_kk,category,cost_kzt,locality_kato,lat,lon`; costs are whole tenge. */
export function readDemoProjects(text: string): Result<DemoProject[], DemoProjectProblem[]> {
  const names = ['title_en', 'title_ru', 'title_kk', 'category', 'cost_kzt', 'locality_kato', 'lat', 'lon']
  const table = readColumns(text, names)
  if (!table.ok) return table
  const problems: DemoProjectProblem[] = []
  const projects = table.value.flatMap(({ line, cells }): DemoProject[] => {
    const [en = '', ru = '', kk = '', category = '', cost = '', kato = '', lat = '', lon = ''] = cells
    const numbers = [lat, lon].every((text) => /^\d+(\.\d+)?$/.test(text)) && /^[1-9]\d{0,14}$/.test(cost)
    if (numbers && /^\d{9}$/.test(kato) && [en, ru, kk, category].every((text) => text !== ''))
      return [
        { title: { kk, ru, en }, category, cost: Number(cost), kato, lat: Number(lat), lon: Number(lon) },
      ]
    problems.push({ kind: 'bad-row', line })
    return []
  })
  return problems.length > 0 ? fail(problems) : ok(projects)
}
