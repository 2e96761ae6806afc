// What is kept about a person, and its erasure: /mydata and /delete.
import { eraseAccount } from '../../use-cases/erase-account.ts'
import { listFollowed } from '../../use-cases/follow-territory.ts'
import { listVoters } from '../../use-cases/list-voters.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { placeName } from '../../words/place.ts'
import { toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { followedLine } from '../followed.ts'
import { press } from '../message.ts'
import { type FeatureParts, leave, openScreensNote } from '../parts.ts'
import type { Talk } from '../talk.ts'

const deleteButton = button('dx', {})

export function helpFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('mydata', myData)
  on.command('delete', askDelete)
  on.button(deleteButton, erase)
  return { composer: on.composer } satisfies Feature
}

async function myData(parts: FeatureParts, { t, who, speak }: Talk): Promise<void> {
  const { id, home, known } = who
  if (!known) return speak.show({ text: t.html('start.nothing-kept'), buttons: [[toMenu(t)]] })
  const place = home && (await readPlace(parts.app, home.cycle, home.territory))
  const people = home ? await listVoters(parts.app, id, home.cycle) : []
  const facts = {
    id: String(id),
    language: t.language.name,
    village: place ? placeName(t, place) : '–',
    people: people.length,
  }
  const followed = (await listFollowed(parts.app, id)).map((one) => followedLine(t, one))
  speak.show({ text: [t.html('start.mydata', facts), ...followed].join('\n'), buttons: [[toMenu(t)]] })
}

function askDelete(_: FeatureParts, { t, speak }: Talk): void {
  speak.show({
    text: t.html('start.delete-ask'),
    buttons: [[press(t('start.delete.button'), deleteButton.pack({}))], [toMenu(t)]],
  })
}

async function erase(parts: FeatureParts, { t, who, speak }: Talk): Promise<void> {
  await eraseAccount(parts.app, who.id)
  await Promise.all([leave(parts, who.id), parts.session.eraseNotes(openScreensNote(who.id))])
  speak.show({ text: t.html('start.deleted') })
}
