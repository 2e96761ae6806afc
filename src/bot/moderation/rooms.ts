// An official binds a group of moderators: chooses the cycle, and gets a button that works once.
import { inviteRoom, type NamedScope, roomScopes } from '../../use-cases/bind-room.ts'
import { roomLink } from '../../words/room-link.ts'
import { roomsButton, toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { type Button, cutLabel, press, type Screen } from '../message.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { lineScreen } from './view.ts'

/** `territory`: 0 for the whole cycle. */
export const roomButton = button('mo', { cycle: 'int', territory: 'int' })

/** Below what waits for a decision, for whoever may bind a group somewhere. */
export async function roomsRow({ app }: FeatureParts, { t, who }: Talk): Promise<Button[][]> {
  const scopes = await roomScopes(app, who.id)
  return scopes.length > 0 ? [[press(t('moderation.rooms.button'), roomsButton.pack({}))]] : []
}

export async function rooms({ app }: FeatureParts, { t, who, speak }: Talk): Promise<void> {
  const scopes = await roomScopes(app, who.id)
  if (scopes.length === 0) return speak.show(lineScreen(t, t.html('moderation.rooms-none')))
  const one = ({ cycle, territory, title, name }: NamedScope) =>
    press(
      cutLabel([t.of(title), ...(name ? [t.of(name)] : [])].join(' · ')),
      roomButton.pack({ cycle, territory: territory ?? 0 }),
    )
  speak.show({
    text: t.html('moderation.rooms-ask'),
    buttons: [...scopes.map((scope) => [one(scope)]), [toMenu(t)]],
  })
}

export async function inviteTo(
  parts: FeatureParts,
  { t, who, speak }: Talk,
  { cycle, territory }: { cycle: number; territory: number },
): Promise<void> {
  const invited = await inviteRoom(parts.app, { cycle, territory: territory || null }, who.id)
  if (!invited.ok) return speak.show(lineScreen(t, t.html('moderation.room-not-allowed')))
  const screen: Screen = {
    text: t.html('moderation.room-link'),
    buttons: [
      [{ text: t('moderation.room-choose.button'), url: roomLink(parts.username, invited.value) }],
      [toMenu(t)],
    ],
  }
  speak.show(screen)
}
