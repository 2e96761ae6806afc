// The classifier of places (KATO) as the file in data/ has it, and where some of them lie.
import { latin, type Localised } from '../localised.ts'
import { fail, ok, type Result } from '../result.ts'
import { type ColumnsProblem, readColumns } from './columns.ts'

export type KatoPlace = {
  kato: string
  parent: string | undefined
  /** 0 region, 1 district, 2 rural okrug or city, 3 settlement. */
  level: number
  kind: string
  name: Localised
  lat: number | null
  lon: number | null
}

export type KatoProblem = ColumnsProblem | { kind: 'bad-row'; line: number }

/**
 * Reads `code,parent_code,level,name_kk,name_ru,type` and, from a second file, `code,lat,lon`; other columns are ignored.
 * Parents stand before their places. English names are made of the others: the classifier has none.
 */
export function readKato(places: string, points: string): Result<KatoPlace[], KatoProblem[]> {
  const table = readColumns(places, ['code', 'parent_code', 'level', 'name_kk', 'name_ru', 'type'])
  const geo = readColumns(points, ['code', 'lat', 'lon'])
  if (!table.ok) return table
  if (!geo.ok) return geo
  const point = new Map(
    geo.value.map(({ cells: [code = '', lat, lon] }) => [code, [Number(lat), Number(lon)]]),
  )
  const read: KatoPlace[] = []
  const problems: KatoProblem[] = []
  for (const { line, cells } of table.value) {
    const [kato = '', parent = '', level = '', kk = '', ru = '', kind = ''] = cells
    const [lat = Number.NaN, lon = Number.NaN] = point.get(kato) ?? []
    if (!/^\d{9}$/.test(kato) || !/^[0-3]$/.test(level) || kk === '' || ru === '' || kind === '') {
      problems.push({ kind: 'bad-row', line })
      continue
    }
    const known = Number.isFinite(lat) && Number.isFinite(lon)
    read.push({
      kato,
      parent: parent === '' ? undefined : parent,
      level: Number(level),
      kind,
      name: { kk, ru, en: englishName(kk) },
      lat: known ? lat : null,
      lon: known ? lon : null,
    })
  }
  return problems.length > 0 ? fail(problems) : ok(read.toSorted((a, b) => a.level - b.level))
}

// How a unit is named in Kazakh → in English. Longer endings first.
const UNITS: readonly [ending: string, english: string][] = [
  [' атындағы ауылдық округі', ' rural okrug'],
  [' атындағы ауыл', ''],
  [' ауылдық округі', ' rural okrug'],
  [' қалалық әкімшілігі', ' town administration'],
  [' кенттік әкімшілігі', ' township administration'],
  [' ауданы', ' district'],
  [' облысы', ' region'],
  [' қаласы', ' city'],
]

const KAZAKH: Readonly<Record<string, string>> = {
  ә: 'а',
  ғ: 'г',
  қ: 'к',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
}

const plain = (text: string): string =>
  text.replace(/[әғқңөұүһі]/gi, (letter) => {
    const small = letter.toLowerCase()
    const folded = KAZAKH[small] ?? letter
    return letter === small ? folded : folded.toUpperCase()
  })

/** «Аягөз ауданы» → Ayagoz district; a settlement in the same way as its okrug, by its Kazakh name: Мақаншы → Makanshy. */
function englishName(kk: string): string {
  const unit = UNITS.find(([ending]) => kk.endsWith(ending))
  return unit ? latin(plain(kk.slice(0, -unit[0].length))) + unit[1] : latin(plain(kk))
}
