// Every screen of the ceremony of key holders, with the longest facts there are.
import { changedLine } from '../../src/bot/changed.ts'
import * as keys from '../../src/bot/manage/keys-view.ts'
import type { Screen } from '../../src/bot/message.ts'
import type { T } from '../../src/i18n.ts'
import type { Cycle } from '../../src/use-cases/list-cycles.ts'
import { at, place } from './long-facts.ts'

const cycle: Cycle = { ...place.cycle, id: 2 ** 31 - 1, profile: 'binding', halt: undefined }

/** By the name of the view: all the faces it has. */
export const KEYS_SCREENS: Record<string, (t: T) => Screen[]> = {
  'keys.ceremonyScreen': (t) => {
    const done = { by: 2 ** 53 - 1, at }
    const held = { key: 'f'.repeat(64), seed: 'f'.repeat(64), rehearsed: false }
    const nothing = { held: undefined, brought: undefined, rehearsed: undefined }
    const note = changedLine(t, done)
    return [
      keys.ceremonyScreen(t, { ...cycle, phase: 'announced' }, nothing, note),
      keys.ceremonyScreen(
        t,
        { ...cycle, phase: 'announced' },
        { ...nothing, held, brought: done },
        t.html('manage.keys-brought'),
      ),
      ...(['announced', 'voting', 'counting', 'results'] as const).map((phase) =>
        keys.ceremonyScreen(
          t,
          { ...cycle, phase },
          { held: { ...held, rehearsed: true }, brought: done, rehearsed: done },
          note,
        ),
      ),
    ]
  },
  'keys.askKeysScreen': (t) => [keys.askKeysScreen(t, cycle)],
  'keys.keysReadBackScreen': (t) => {
    const key = 'f'.repeat(64)
    const held = { cycle: 'c'.repeat(48), key, seed: key }
    return [keys.keysReadBackScreen(t, cycle, { held, before: { ...held, rehearsed: true }, same: false })]
  },
  'keys.askCodeScreen': (t) => [keys.askCodeScreen(t, cycle)],
  'keys.shareScreen': (t) => [keys.shareScreen(t)],
}
