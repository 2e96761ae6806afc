// How a place is called: always with okrug and district, for villages share names; what it is; and as short as a button has room for.
import type { Localised } from '../core/localised.ts'
import type { Key, T } from '../i18n.ts'

/** Okrugs and districts carry their kind in the name («Баршатас ауылдық округі»); the nearest stands first. */
export interface NamedPlace {
  name: Localised
  within: readonly Localised[]
}

const inFull = ({ name, within }: NamedPlace, read: (unit: Localised) => string): string =>
  [name, ...within].map(read).join(', ')

/** `Баршатас, Баршатас ауылдық округі, Аягөз ауданы`, in the reader's language. */
export const placeName = (t: T, place: NamedPlace): string => inFull(place, (unit) => t.of(unit))

/** What a place is, by its kind in the classifier; of another kind it is a place. */
const KINDS: Readonly<Record<string, Key>> = {
  village: 'common.at-village',
  city: 'common.at-city',
  city_admin: 'common.at-city',
  town_admin: 'common.at-city',
  township: 'common.at-township',
  township_admin: 'common.at-township',
  station: 'common.at-station',
  siding: 'common.at-siding',
  okrug: 'common.at-okrug',
  district: 'common.at-district',
  region: 'common.at-region',
}

/** `Кент: Ақжал, Жарма ауданы`. Plain text. */
export const placeLine = (t: T, place: NamedPlace & { kind: string }): string =>
  t(KINDS[place.kind] ?? 'common.at-place', { place: placeName(t, place) })

/** In a list, where nearly all are villages: what else a place is stands before it, for a station may be called like the village. */
const inList = (t: T, kind: string, place: string): string => {
  const key = kind === 'village' ? undefined : KINDS[kind]
  return key ? t(key, { place }) : place
}

/** A line of a list of places: `Станция: Қапанбұлақ, …`, and of a village its name in full. Plain text. */
export const listedPlace = (t: T, place: NamedPlace & { kind: string }): string =>
  inList(t, place.kind, placeName(t, place))

/**
 * `Баршатас, Аягөз ауд.`: what tells namesakes apart stands right behind the name, and the okrug only where it is not called like the
 * place. For buttons: the text above them has the full names.
 */
export function placeLabel(t: T, { name, within, kind }: NamedPlace & { kind: string }): string {
  const own = t.of(name)
  const [district, ...nearer] = within.map((unit) => t.of(unit)).toReversed()
  const others = nearer.filter((unit) => !unit.startsWith(own))
  const pairs = t('common.short-words')
    .split(', ')
    .map((pair) => pair.split(' = '))
  const short = (unit: string) =>
    pairs.reduce((text, [long = '', brief = '']) => text.replace(long, brief), unit)
  const units = [...(district === undefined ? [] : [district]), ...others]
  return inList(t, kind, [own, ...units.map(short)].join(', '))
}

/** As `placeName` in Kazakh, where no reader's language is known: on the command line, in a list of cards. */
export const officialName = (place: NamedPlace): string => inFull(place, (unit) => unit.kk)
