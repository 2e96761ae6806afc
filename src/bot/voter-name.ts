// How one of several people on a shared phone is called: the end of the card's serial, and the word its holder gave it.
import type { T } from '../i18n.ts'

/** `карточка …0021, мама`. */
export function voterName(t: T, person: { serial: number | null; label: string | null }): string {
  if (person.serial === null) return t('vote.person-contact')
  const serial = String(person.serial).padStart(4, '0').slice(-4)
  return person.label ? t('vote.person-named', { serial, label: person.label }) : t('vote.person', { serial })
}
