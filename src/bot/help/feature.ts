// What is kept about people and about this person, its erasure, easy mode, notices and roles: /privacy, /mydata, /delete, /easy, /notices, /role.
import { isSwitch } from '../../core/manners.ts'
import { eraseAccount } from '../../use-cases/erase-account.ts'
import { listFollowed } from '../../use-cases/follow-territory.ts'
import { muteKind, readMuted } from '../../use-cases/mute-kind.ts'
import { isEmpty, readAtStake, readMyData } from '../../use-cases/read-my-data.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { rememberAccount } from '../../use-cases/remember-account.ts'
import { easyButton, noticesButton, privacyButton } from '../buttons.ts'
import { button } from '../callback.ts'
import { forgetCommands } from '../chat-commands.ts'
import { commandAddress } from '../drawn-again.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { type FeatureParts, leave, openScreensNote } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import {
  easyScreen,
  eraseScreen,
  myDataScreen,
  noticesScreen,
  nothingKept,
  privacyScreen,
  roleScreen,
  setEasyButton,
  switchButton,
} from './view.ts'

const deleteButton = button('dx', {})

export function helpFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('privacy', privacy)
  on.shows(privacyButton, privacy)
  on.command('mydata', myData)
  on.command('easy', easy)
  on.command('role', role)
  on.command('notices', notices)
  on.shows(noticesButton, notices)
  on.button(switchButton, setSwitch)
  on.shows(easyButton, easy)
  on.button(setEasyButton, setEasy)
  on.command('delete', askDelete)
  on.button(deleteButton, erase)
  return { composer: on.composer } satisfies Feature
}

async function privacy({ app }: FeatureParts, { t, who, speak }: Talk): Promise<void> {
  const { home } = who
  speak.show(privacyScreen(t, home && (await readPlace(app, home.cycle, home.territory))))
}

async function myData({ app }: FeatureParts, { t, who, speak }: Talk): Promise<void> {
  const { id, home, known } = who
  const kept = await readMyData(app, id)
  if (!known && isEmpty(kept)) return speak.show(nothingKept(t))
  const place = home && (await readPlace(app, home.cycle, home.territory))
  const followed = await listFollowed(app, id)
  speak.show(myDataScreen(t, { id, kept, place, followed }))
}

async function role({ app }: FeatureParts, { t, who, speak }: Talk): Promise<void> {
  const { grants } = await readAtStake(app, who.id)
  speak.show(roleScreen(t, grants))
}

const easy = (_: FeatureParts, { t, who, speak }: Talk): void => speak.show(easyScreen(t, who.easy))

async function setEasy(
  { app }: FeatureParts,
  { t, who, speak }: Talk,
  { on }: { on: number },
): Promise<void> {
  await rememberAccount(app, who.id, { easy: on === 1 })
  speak.drawnBy(easyButton.pack({}))
  speak.show(easyScreen(t, on === 1))
}

async function notices({ app }: FeatureParts, { t, who, speak }: Talk): Promise<void> {
  speak.show(noticesScreen(t, await readMuted(app, who.id)))
}

async function setSwitch(
  parts: FeatureParts,
  talk: Talk,
  { kind, on }: { kind: string; on: number },
): Promise<void> {
  if (!isSwitch(kind)) return outdated(talk)
  await muteKind(parts.app, talk.who.id, kind, on === 0)
  talk.speak.drawnBy(noticesButton.pack({}))
  await notices(parts, talk)
}

async function askDelete({ app }: FeatureParts, { t, who, speak }: Talk): Promise<void> {
  speak.show(eraseScreen(t, await readAtStake(app, who.id), deleteButton.pack({})))
}

async function erase(parts: FeatureParts, { t, who, speak }: Talk): Promise<void> {
  const ownCommands = await eraseAccount(parts.app, who.id)
  await Promise.all([leave(parts, who.id), parts.session.eraseNotes(openScreensNote(who.id))])
  speak.drawnBy(commandAddress('mydata', ''))
  speak.show({ text: t.html('start.deleted') })
  if (ownCommands) speak.also((api, chat) => forgetCommands(api, chat))
}
