// A draft of the minutes of a public meeting: in each language a page with its show of hands and lines to sign, tagged for those who listen.
import type { Localised } from '../core/localised.ts'
import type { Hands } from '../core/needs.ts'
import type { T } from '../i18n.ts'
import { type NamedPlace, placeName } from '../words/place.ts'
import { openPaper } from './paper.ts'

export interface Minutes {
  /** The languages, one or more, in their order. */
  t: readonly [T, ...T[]]
  title: Localised
  village: NamedPlace
  place: Localised
  /** UTC ISO. */
  at: string
  needs: readonly Localised[]
  counted: Hands
}

/** Who met where, what was asked, the hands for each need, and two signatures; a page a language. */
export function minutesPdf({ t: languages, ...minutes }: Minutes): Promise<Uint8Array> {
  const { title, village, place, at, needs, counted } = minutes
  const heads = languages.map((t) => t('documents.minutes-title')).join(' · ')
  const paper = openPaper(`${heads}: ${placeName(languages[0], village)}`, languages[0])
  for (const t of languages) {
    paper.part(t)
    paper.heading(1, t('documents.minutes-title'))
    paper.text(t.of(title))
    paper.text(placeName(t, village), true)
    paper.text(t('documents.minutes-meets', { time: t.dated(at) }))
    paper.text(t('documents.minutes-place', { place: t.of(place) }))
    paper.text(t('documents.minutes-present', { present: counted.present, women: counted.women }))
    paper.text(t('documents.minutes-question'))
    paper.table(
      [
        { text: t('documents.minutes-need'), share: 0.84 },
        { text: t('documents.minutes-hands'), share: 0.16, right: true },
      ],
      needs.map((need, number) => [`${number + 1}. ${t.of(need)}`, String(counted.hands[number] ?? 0)]),
    )
    paper.text(t('documents.minutes-note'))
    paper.signing(
      [t('documents.minutes-chair'), t('documents.minutes-secretary')],
      t('documents.minutes-sign'),
    )
  }
  return paper.done()
}
