// What Telegram finds in plain text by itself: commands, links, mentions, hashtags, e-mail addresses.
import type { Entity } from './entities.ts'
import { sortEntities } from './entities.ts'

const finders: readonly (readonly [string, RegExp])[] = [
  [
    'url',
    /(?<![\p{L}\p{N}_@.])(?:https?:\/\/[^\s<>"«»]+|(?:[\p{L}\p{N}-]+\.)+(?:kz|com|org|net|ru|me|io|info|app|dev|gov|edu)(?![\p{L}\p{N}@])(?:[/?#][^\s<>"«»]*)?)/giu,
  ],
  ['email', /(?<![\p{L}\p{N}_.+-])[a-z0-9_.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?![a-z0-9])/giu],
  // A name after @ that is too short or too long takes the command with it.
  ['bot_command', /(?<![\p{L}\p{N}_/<>])\/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32}|(?!@))(?![\p{L}\p{N}_/<>])/giu],
  // Names of two and three letters are a handful of Telegram's own bots.
  ['mention', /(?<![\p{L}\p{N}_])@(?:[a-z0-9_]{4,32}|gif|nft|pic|ufc|vid)(?![\p{L}\p{N}_])/giu],
  // A number alone is none: a letter must be among its signs.
  [
    'hashtag',
    /(?<![\p{L}\p{Nd}_\u200c\u00b7])#(?=[\p{Nd}_\u200c\u00b7]*\p{L})[\p{L}\p{Nd}_\u200c\u00b7]{1,256}(?:@[a-z0-9_]{3,32})?(?![\p{L}\p{Nd}_\u200c\u00b7]*#)/giu,
  ],
]

const overlaps = (entity: Entity, offset: number, length: number) =>
  entity.offset < offset + length && offset < entity.offset + entity.length

/** Adds the entities Telegram finds on its own; never inside code, links or one another. */
export function withAutoEntities(text: string, given: Entity[]): Entity[] {
  if (!/[/@#.]/.test(text)) return given
  const closed = given.filter((e) => ['code', 'pre', 'text_link', 'text_mention'].includes(e.type))
  const found: Entity[] = []
  for (const [type, pattern] of finders) {
    for (const match of text.matchAll(pattern)) {
      const words = type === 'url' ? match[0].replace(/[.,:;!?)\]'…]+$/u, '') : match[0]
      const place = { offset: match.index, length: words.length }
      if ([...closed, ...found].some((e) => overlaps(e, place.offset, place.length))) continue
      found.push({ type, ...place })
    }
  }
  return found.length === 0 ? given : sortEntities([...given, ...found])
}
