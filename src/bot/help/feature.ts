// What is kept about a person, and its erasure: /mydata and /delete.
import { eraseAccount } from '../../use-cases/erase-account.ts'
import { listFollowed } from '../../use-cases/follow-territory.ts'
import { isEmpty, readAtStake, readMyData } from '../../use-cases/read-my-data.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { button } from '../callback.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { type FeatureParts, leave, openScreensNote } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { eraseScreen, myDataScreen, nothingKept } from './view.ts'

const deleteButton = button('dx', {})

export function helpFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('mydata', myData)
  on.command('delete', askDelete)
  on.button(deleteButton, erase)
  return { composer: on.composer } satisfies Feature
}

async function myData({ app }: FeatureParts, { t, who, speak }: Talk): Promise<void> {
  const { id, home, known } = who
  const kept = await readMyData(app, id)
  if (!known && isEmpty(kept)) return speak.show(nothingKept(t))
  const place = home && (await readPlace(app, home.cycle, home.territory))
  const followed = await listFollowed(app, id)
  speak.show(myDataScreen(t, { id, kept, place, followed }))
}

async function askDelete({ app }: FeatureParts, { t, who, speak }: Talk): Promise<void> {
  speak.show(eraseScreen(t, await readAtStake(app, who.id), deleteButton.pack({})))
}

async function erase(parts: FeatureParts, { t, who, speak }: Talk): Promise<void> {
  await eraseAccount(parts.app, who.id)
  await Promise.all([leave(parts, who.id), parts.session.eraseNotes(openScreensNote(who.id))])
  speak.show({ text: t.html('start.deleted') })
}
