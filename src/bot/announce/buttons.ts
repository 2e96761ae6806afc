// Buttons of officials who announce. Those that change something carry the version that was on the screen.
import { button } from '../callback.ts'

const READ = { announcement: 'int', version: 'int' } as const

export const listButton = button('ay', {})
/** `territory`: 0 for the whole vote. */
export const newButton = button('aw', { cycle: 'int', territory: 'int' })
/** Asks for words: `text` in a language, `media`, `when`. */
export const askButton = button('aa', { ...READ, what: 'word', locale: 'word' })
export const whoButton = button('ap', READ)
/** `who` or `locale` is `-` where it stays as it is; a locale of `any` is none. */
export const chooseWhoButton = button('ac', { ...READ, who: 'word', locale: 'word' })
/** Takes away what it carries, or its time. */
export const dropButton = button('ad', { ...READ, what: 'word' })
export const previewButton = button('av', READ)
export const sendButton = button('ax', READ)
/** Asks before it is cancelled. */
export const askCancelButton = button('ak', { announcement: 'int' })
export const steerButton = button('at', { announcement: 'int', steer: 'word' })
/** `post`: 1 where it is to be posted in channels too, 0 where not. */
export const channelButton = button('ah', { ...READ, post: 'int' })
/** `territory`: 0 for the whole vote. */
export const bindChannelButton = button('hb', { cycle: 'int', territory: 'int' })
/** Asks before a channel is released. */
export const askUnbindButton = button('ha', { channel: 'int' })
export const unbindButton = button('hu', { channel: 'int' })
