// The documents of a published result: the protocol for the akimat, the table, and all of it for programs.
import { type Api, InputFile } from 'grammy'
import { protocolPdf } from '../../documents/protocol.ts'
import { resultCsv, resultJson, resultPb } from '../../documents/result-files.ts'
import type { T } from '../../i18n.ts'
import { ballotsKey, keepBallots } from '../../use-cases/published-ballots.ts'
import { readProtocol } from '../../use-cases/read-protocol.ts'
import type { PublishedResult } from '../../use-cases/read-result.ts'
import { placeName } from '../../words/place.ts'
import { withPot } from '../../words/pot.ts'
import { trialNotes } from '../../words/trial.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { changedKey, keepFileIds } from './file-ids.ts'

interface Document {
  name: string
  make: () => Promise<string | Uint8Array | undefined>
}

/** Sends them one after another. Until two officials change it, each is made once for a language. */
export function documentsSender(parts: FeatureParts): (talk: Talk, published: PublishedResult) => void {
  const { app, textsOf } = parts
  const known = keepFileIds()
  const ballotsOf = keepBallots(app)

  async function protocol({ place }: PublishedResult): Promise<Uint8Array | undefined> {
    const read = await readProtocol(app, place.cycle.id, place.territory)
    return read.ok ? protocolPdf([textsOf('kk'), textsOf('ru')], read.value) : undefined
  }

  async function ballots(t: T, published: PublishedResult): Promise<string | undefined> {
    const { cycle, territory } = published.place
    const key = ballotsKey({ territory, pot: published.pot })
    const read = published.shows === 'all' ? await ballotsOf(cycle.id) : undefined
    const own = read?.ok ? read.value.get(key) : undefined
    return own && published.shows === 'all' ? resultPb(t, published, own) : undefined
  }

  return ({ t, speak }, published) => {
    const { cycle, territory } = published.place
    const named = `${cycle.slug}-${territory}-${published.pot}`
    const documents: Document[] = [
      { name: `protocol-${cycle.slug}-${territory}.pdf`, make: () => protocol(published) },
      { name: `${named}.csv`, make: async () => resultCsv(t, published) },
      { name: `${named}.json`, make: async () => resultJson(published) },
      { name: `${named}.pb`, make: () => ballots(t, published) },
    ]
    const caption = [
      ...trialNotes(t, published.place),
      t('results.picture', {
        village: withPot(t, placeName(t, published.place), published.place, published.pot),
      }),
    ].join('\n')
    const send = async (api: Api, chat: number, file: string | InputFile): Promise<string> =>
      (await api.sendDocument(chat, file, { caption })).document.file_id
    for (const { name, make } of documents)
      speak.also(async (api, chat) =>
        known(
          `${name} ${t.locale} ${changedKey(published)}`,
          async () => {
            const made = await make()
            if (made === undefined) return ''
            return send(api, chat, new InputFile(Buffer.from(made), name))
          },
          (id) => send(api, chat, id),
        ),
      )
  }
}
