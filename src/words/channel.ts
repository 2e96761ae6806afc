// By which channel a vote came, in the reader's language.
import type { Key, T } from '../i18n.ts'

const CHANNELS: Readonly<Record<string, Key>> = {
  online: 'documents.channel-online',
  assisted: 'documents.channel-assisted',
  paper: 'documents.channel-paper',
}

/** A newer program's stands as it is. */
export const channelName = (t: T, channel: string): string => {
  const key = CHANNELS[channel]
  return key ? t(key) : channel
}
