// The icons that a topic may wear.
import { createHash } from 'node:crypto'
import { done } from '../answer.ts'

const icons = ['📰', '💡', '⚡️', '🎙', '🔝', '🗣', '❓', '❗️', '📣', '🏛', '🏠', '🌊']

const hashed = (words: string, length: number) =>
  createHash('sha256').update(words).digest('base64url').slice(0, length)

/** The stickers of getForumTopicIconStickers: shaped like Telegram's, with nothing behind their file ids. */
export function getForumTopicIconStickers() {
  return done(
    icons.map((emoji, index) => ({
      file_id: `CAAC${hashed(`file ${emoji}`, 60)}`,
      file_unique_id: `AgAD${hashed(emoji, 11)}`,
      file_size: 24_000,
      type: 'custom_emoji',
      width: 512,
      height: 512,
      is_animated: true,
      is_video: false,
      thumbnail: {
        file_id: `AAMC${hashed(`thumbnail ${emoji}`, 60)}`,
        file_unique_id: `AQAD${hashed(emoji, 12)}`,
        file_size: 4000,
        width: 128,
        height: 128,
      },
      emoji,
      set_name: 'Topics',
      custom_emoji_id: String(5_434_000_000_000_000_000n + BigInt(index)),
      needs_repainting: true,
    })),
  )
}
