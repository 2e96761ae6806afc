// What stands in a channel, and what officials who bind one see.
import { OFFICIAL_LANGUAGES } from '../../core/localised.ts'
import { graphemeCut } from '../../core/text.ts'
import type { T, Texts } from '../../i18n.ts'
import type { ListedChannel } from '../../use-cases/bind-channel.ts'
import type { ChannelPost } from '../../use-cases/post-in-channels.ts'
import type { Announcement, AnnouncementScope } from '../../use-cases/read-announcement.ts'
import { channelLink } from '../../words/channel-link.ts'
import { botLink, type Linked, villagePayload } from '../../words/links.ts'
import { placeName } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { channelsButton, toMenu } from '../buttons.ts'
import { type Button, cutLabel, press, type Screen } from '../message.ts'
import * as button from './buttons.ts'
import { announcementScreen } from './letter-view.ts'

/** In the language that was chosen for this post; a reader's button opens the bot, for a press in a channel is nobody's chat. */
export function announcedPost(
  t: T,
  one: Pick<Announcement, 'id' | 'texts' | 'media'>,
  { trial, territory }: Pick<ChannelPost, 'trial' | 'territory'>,
  bot: string,
): Screen {
  const url = territory === null ? `https://t.me/${bot}` : botLink(bot, villagePayload(territory))
  return { ...announcementScreen(t, one, { trial }), buttons: [[{ text: t('announce.open.button'), url }]] }
}

/** In Kazakh and Russian, one under the other. */
export function checkpointPost(textsOf: Texts, post: ChannelPost, { publicUrl }: Linked): Screen {
  const { checkpoint, slug } = post
  if (!checkpoint) throw new Error('a post of a day has a checkpoint')
  const { size, root, signature } = checkpoint
  const link = publicUrl === undefined ? [] : [`${publicUrl}/open/${slug}/checkpoint`]
  const parts = OFFICIAL_LANGUAGES.map((locale) => {
    const t = textsOf(locale)
    return [
      ...trialLines(t, { cycle: post }),
      t.html('announce.channel-checkpoint', {
        title: graphemeCut(t.of(post.title), 100),
        number: t.number(size),
      }),
      t.html('announce.channel-why'),
    ].join('\n')
  })
  const facts = [`<code>${root}</code>`, `<code>${signature}…</code>`, ...link]
  return { text: [...parts, facts.join('\n')].join('\n\n') }
}

const whereOf = (t: T, { cycle, place }: Pick<ListedChannel, 'cycle' | 'place'>): string =>
  place ? placeName(t, place) : t.of(cycle.title)

/** Below the list of announcements, for whoever may bind a channel somewhere. */
export const channelsRow = (t: T): Button[] => [press(t('announce.channels.button'), channelsButton.pack({}))]

/** As many as fit one screen. */
const MOST = 8

/** `note`: HTML, on top. */
export function channelsScreen(
  t: T,
  listed: readonly ListedChannel[],
  scopes: readonly AnnouncementScope[],
  note?: string,
): Screen {
  const line = (one: ListedChannel) =>
    t.html('announce.channel-line', {
      title: one.channel.title,
      where: whereOf(t, one),
      time: t.moment(one.channel.at),
    })
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      t.html('announce.channels-head'),
      ...(listed.length === 0 ? [t.html('announce.channels-none')] : listed.map(line)),
    ].join('\n'),
    buttons: [
      ...listed
        .slice(0, MOST)
        .map(({ channel: { id, title } }) => [
          press(
            cutLabel(t('announce.channel-unbind.button', { title })),
            button.askUnbindButton.pack({ channel: id }),
          ),
        ]),
      ...scopes.slice(0, MOST).map((scope) => [
        press(
          cutLabel(t('announce.channel-bind.button', { where: whereOf(t, scope) })),
          button.bindChannelButton.pack({
            cycle: scope.cycle.id,
            territory: scope.place?.territory ?? 0,
          }),
        ),
      ]),
      [press(t('announce.list.button'), button.listButton.pack({}))],
      [toMenu(t)],
    ],
  }
}

/** How the bot comes into the channel. */
export const howToBindScreen = (t: T, bot: string): Screen => ({
  text: t.html('announce.channel-how', { bot: `@${bot}` }),
  buttons: [
    [{ text: t('announce.channel-choose.button'), url: channelLink(bot) }],
    [press(t('announce.channels.button'), channelsButton.pack({}))],
    [toMenu(t)],
  ],
})

/** Before it is released. */
export const askUnbindScreen = (t: T, one: ListedChannel): Screen => ({
  text: t.html('announce.channel-ask-unbind', { title: one.channel.title, where: whereOf(t, one) }),
  buttons: [
    [press(t('announce.channel-unbind-yes.button'), button.unbindButton.pack({ channel: one.channel.id }))],
    [press(t('common.back.button'), channelsButton.pack({}))],
  ],
})

/** In the preview: whether it is posted there too, and the button for the other. None where there is no channel. */
export function channelChoice(
  t: T,
  one: Pick<Announcement, 'id' | 'version' | 'channel'>,
  channels: readonly { title: string }[],
): Button[][] {
  if (channels.length === 0 && !one.channel) return []
  const label = one.channel ? 'announce.channel-no.button' : 'announce.channel-yes.button'
  const read = { announcement: one.id, version: one.version }
  return [[press(t(label), button.channelButton.pack({ ...read, post: one.channel ? 0 : 1 }))]]
}
