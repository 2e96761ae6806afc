// By which channel a vote came, in the reader's language.
import type { Key, T } from '../i18n.ts'

const CHANNELS: Readonly<Record<string, Key>> = {
  online: 'documents.channel-online',
  assisted: 'documents.channel-assisted',
  paper: 'documents.channel-paper',
}

/** `по телефону: 40, с помощником: 12`, where anybody voted otherwise than alone; what is not told is a dash. */
export function channelsLine(
  t: T,
  channels: readonly { channel: string; people: number | null }[],
): string | undefined {
  if (channels.every(({ channel }) => channel === 'online')) return undefined
  return channels
    .map(({ channel, people }) => `${channelName(t, channel)}: ${people === null ? '–' : t.number(people)}`)
    .join(', ')
}

/** A newer program's stands as it is. */
export const channelName = (t: T, channel: string): string => {
  const key = CHANNELS[channel]
  return key ? t(key) : channel
}
