// Tells a table of people from any other before a word of it is kept: by its headings, or by an ИИН in it.
import { ROLL_HEADINGS } from '../roll.ts'
import { isIin } from '../typed-number.ts'
import { scanCsv } from './csv.ts'
import { findHeadings, type Headings } from './headings.ts'

const listed = (names: string): string[] => names.split('|')

/** Columns that only a list of people has. */
const PERSON_HEADINGS: Headings<'person' | 'iin' | 'birth' | 'phone'> = {
  person: listed(
    'ФИО|Ф.И.О.|фамилия|фамилия имя отчество|имя|отчество|аты-жөні|толық аты-жөні|тегі|тегі аты әкесінің аты|full name|surname',
  ),
  iin: listed('ИИН|ЖСН|ИИН/ЖСН|ЖСН/ИИН|IIN'),
  birth: listed('дата рождения|год рождения|туған күні|туған жылы|date of birth'),
  phone: ROLL_HEADINGS.phone,
}

/** Nothing of it may be shown or stored then. */
export function listsPersons(text: string): boolean {
  const { header } = scanCsv(text, (cells) => findHeadings(cells, PERSON_HEADINGS).size > 0).table
  if (findHeadings(header, PERSON_HEADINGS).size > 0) return true
  return [...text.matchAll(/(?<!\d)\d{12}(?!\d)/g)].some(([digits]) => isIin(digits))
}
