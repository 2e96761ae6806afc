// The link that makes the bot an administrator of a channel, with the one right that it needs there.

/** `bot`: its name without the @. Such a link carries no token. See core.telegram.org/api/links#groupchannel-bot-links. */
export const channelLink = (bot: string): string => `https://t.me/${bot}?startchannel&admin=post_messages`
