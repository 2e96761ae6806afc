// What a published result is besides its page: files for programs, and pictures.
import { isPot } from '../core/pot.ts'
import type { T, Texts } from '../i18n.ts'
import { createPainter } from '../documents/painter.ts'
import { protocolPdf } from '../documents/protocol.ts'
import { resultCsv, resultJson, resultPb, resultPicture } from '../documents/result-files.ts'
import { sharePictureSvg } from '../documents/share-picture.ts'
import type { App } from '../use-cases/app.ts'
import { ballotsKey, keepBallots } from '../use-cases/published-ballots.ts'
import type { OpenCycle, OpenPlace } from '../use-cases/read-open-cycle.ts'
import { readProtocol } from '../use-cases/read-protocol.ts'
import { type PublishedResult, readResult } from '../use-cases/read-result.ts'
import { placeName } from '../words/place.ts'
import { withPot } from '../words/pot.ts'
import { trialNotes } from '../words/trial.ts'
import { type Page, pageOf } from './page.ts'

/** A published result never changes; it may come to be checked. */
const RESULT_SECONDS = 3600
const SHARE_SECONDS = 600
/** What it says beside the count may change: a review of the vote, what became of a winner. */
const PROTOCOL_SECONDS = 600

export interface ResultPages {
  /** `name`: `protocol.pdf`, `<pot>-<language>.csv`, `.pb` or `.png`, or `<pot>.json`. Undefined: there is none, or not yet. */
  file(open: OpenPlace, name: string, spoken: (locale: string) => T | undefined): Promise<Page | undefined>
  /** What a messenger shows beside the link. */
  share(t: T, open: OpenCycle | OpenPlace): Promise<Page>
}

export function resultPages(app: App, textsOf: Texts): ResultPages {
  const painter = createPainter()
  const ballotsOf = keepBallots(app)

  async function made(
    t: T,
    result: PublishedResult,
    kind: string,
  ): Promise<[string, string | Uint8Array] | undefined> {
    if (kind === 'csv') return ['text/csv; charset=utf-8', resultCsv(t, result)]
    if (result.shows !== 'all') return undefined
    const { cycle, territory } = result.place
    if (kind === 'png') {
      const village = withPot(t, placeName(t, result.place), result.place, result.pot)
      const title = t('results.picture', { village })
      return ['image/png', await painter.png(resultPicture(t, result, title))]
    }
    const ballots = await ballotsOf(cycle.id)
    const own = ballots.ok ? ballots.value.get(ballotsKey({ territory, pot: result.pot })) : undefined
    return own && ['text/plain; charset=utf-8', resultPb(t, result, own)]
  }

  async function protocol({ cycle, territory }: OpenPlace['place']): Promise<Page | undefined> {
    const read = await readProtocol(app, cycle.id, territory)
    if (!read.ok) return undefined
    const pdf = await protocolPdf([textsOf('kk'), textsOf('ru')], read.value)
    return pageOf(200, 'application/pdf', pdf, PROTOCOL_SECONDS)
  }

  return {
    async file({ place }, name, spoken) {
      if (name === 'protocol.pdf') return protocol(place)
      const [, pot = '', locale, kind = ''] = /^(\w+?)(?:-([a-z-]+))?\.(csv|json|pb|png)$/.exec(name) ?? []
      if (!isPot(pot) || (kind === 'json') !== (locale === undefined)) return undefined
      const result = await readResult(app, place.cycle.id, place.territory, pot)
      if (!result.ok) return undefined
      if (kind === 'json')
        return pageOf(200, 'application/json; charset=utf-8', resultJson(result.value), RESULT_SECONDS)
      const t = spoken(locale ?? '')
      const [type, body] = (t && (await made(t, result.value, kind))) ?? []
      return type === undefined || body === undefined ? undefined : pageOf(200, type, body, RESULT_SECONDS)
    },
    async share(t, open) {
      const { cycle } = 'place' in open ? open.place : open
      const { voting, counting } = cycle.timeline
      const svg = sharePictureSvg(t, {
        title: cycle.title,
        ...('place' in open ? { village: placeName(t, open.place) } : {}),
        notes: [
          ...trialNotes(t, { cycle }),
          ...('place' in open
            ? [t('pages.share-budget', { sum: t.money(open.place.budget, cycle.currency) })]
            : []),
          ...(voting !== undefined && counting !== undefined
            ? [t('pages.share-until', { from: t.day(voting), to: t.day(counting) })]
            : []),
          t('pages.share-free'),
        ],
      })
      return pageOf(200, 'image/png', await painter.png(svg), SHARE_SECONDS)
    },
  }
}
