// A village as a list names it: by its code, or by its name in kk or ru on any keyboard.
import { nearest, plainWords } from './formats/headings.ts'
import { fail, ok, type Result } from './result.ts'

/** A place that votes in the cycle, as a list may name it. `kato`: nine digits; places of one's own have none. */
export type RollVillage = {
  id: string
  kato?: string | null | undefined
  name: { kk: string; ru: string; en?: string }
}

/** `meant`: the village that is called nearly so. */
export type VillageProblem = { kind: 'ambiguous-village' } | { kind: 'unknown-village'; meant?: string }

/** Gives the id of the village that is named. */
export type VillageFinder = (text: string) => Result<string, VillageProblem>

/** By KATO code, else by the name letter for letter, else by the name as people write it on a Russian keyboard. */
export function villageFinder(villages: readonly RollVillage[]): VillageFinder {
  const byKato = new Map(villages.flatMap(({ id, kato }) => (kato ? [[kato, id] as const] : [])))
  const byName = villagesBy(villages, exactName)
  const byFoldedName = villagesBy(villages, plainName)
  return (text) => {
    const code = byKato.get(text.replace(/\s/g, ''))
    if (code !== undefined) return ok(code)
    const found = byName.get(exactName(text)) ?? byFoldedName.get(plainName(text)) ?? new Set()
    const [id] = found
    if (id !== undefined) return found.size > 1 ? fail({ kind: 'ambiguous-village' }) : ok(id)
    const meant = nearest(plainName(text), byFoldedName.keys())
    const [other] = (meant !== undefined && byFoldedName.get(meant)) || []
    const village = villages.find((one) => one.id === other)
    return fail({ kind: 'unknown-village', ...(village && { meant: village.name.kk }) })
  }
}

function villagesBy(
  villages: readonly RollVillage[],
  fold: (name: string) => string,
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { id, name } of villages) {
    for (const key of [fold(name.kk), fold(name.ru)]) found.set(key, (found.get(key) ?? new Set()).add(id))
  }
  return found
}

const exactName = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()

// «с. Баршатас» and «Баршатас ауылы» are Баршатас, as long as a name is left.
const plainName = (text: string): string =>
  plainWords(text)
    .replace(/^(?:село|с|аул|поселок|пос|п|станция|ст|разъезд) (?=.)/u, '')
    .replace(/ (?:ауылы|ауыл|а|кенти|станциясы|разъези)$/u, '')
