// How one of several people on a shared phone is called: the end of the card's serial, and the word its holder gave it.
import type { T } from '../i18n.ts'

/** `0021`: the last digits of the card's serial; nothing where there is no card. */
export const serialEnd = ({ serial }: { serial: number | null }): string =>
  serial === null ? '' : String(serial).padStart(4, '0').slice(-4)

/** `мама …0021`, `№ 12 в списке` of whoever is helped, or `карточка …0021`: what tells people apart comes first. */
export function voterName(
  t: T,
  person: { serial: number | null; label: string | null; helped?: { registerNo: number } | null },
): string {
  if (person.helped) return t('assist.person', { number: person.helped.registerNo })
  if (person.serial === null) return t('vote.person-contact')
  const serial = serialEnd(person)
  return person.label ? t('vote.person-named', { serial, label: person.label }) : t('vote.person', { serial })
}
