// The link that brings the bot into a group of moderators, with the rights that it needs there and no other.

/** `bot`: its name without the @; `token`: works once. See core.telegram.org/api/links#groupchannel-bot-links. */
export const roomLink = (bot: string, token: string): string =>
  `https://t.me/${bot}?startgroup=${token}&admin=manage_topics+pin_messages`
