// Live numbers in words: people who voted, of how many; what is small is not told.
import type { ShownCell } from '../../core/needs.ts'
import type { Key, T } from '../../i18n.ts'
import type { Cycle } from '../../use-cases/list-cycles.ts'
import type { LiveNumbers } from '../../use-cases/live-numbers.ts'
import { placeName } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { press, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'
import { courseButton } from '../buttons.ts'
import { numbersButton } from './buttons.ts'

const PAGE = 10

const CHANNELS: Record<string, Key> = {
  online: 'manage.channel-online',
  assisted: 'manage.channel-assisted',
  paper: 'manage.channel-paper',
}

const shown = (t: T, turnout: ShownCell): string =>
  turnout === null ? t('manage.hidden') : t.number(turnout)

export function numbersScreen(
  t: T,
  cycle: Cycle,
  { villages, rows, turnout, channels }: LiveNumbers,
  page: number,
): Screen {
  const { at, pages, shown: some } = pageOf(villages, page, PAGE)
  const line = (place: string, voted: ShownCell, of: number) =>
    t.html('manage.turnout', { place, voted: shown(t, voted), of: t.number(of) })
  return {
    text: [
      ...trialLines(t, { cycle }),
      t.html('manage.numbers-head'),
      line(t('manage.all-villages'), turnout, rows),
      ...channels.map(({ channel, turnout: voted }) => {
        const key = CHANNELS[channel]
        return t.html('manage.channel', { channel: key ? t(key) : channel, voted: shown(t, voted) })
      }),
      '',
      ...some.map((village) => line(placeName(t, village), village.turnout, village.rows)),
      ...(pages > 1 ? [t.html('common.page', { page: at + 1, pages })] : []),
      '',
      t.html('manage.numbers-small'),
    ].join('\n'),
    buttons: [
      ...pager(t, at, pages, (to) => numbersButton.pack({ cycle: cycle.id, page: to })),
      [press(t('manage.again.button'), numbersButton.pack({ cycle: cycle.id, page: at }))],
      [press(t('common.back.button'), courseButton.pack({ cycle: cycle.id }))],
    ],
  }
}
