// What is kept about a person, line by line, and what an erasure does to each of their rights.
import { formatReceiptNumber } from '../../core/audit/receipt.ts'
import type { T } from '../../i18n.ts'
import type { WatchedPlace } from '../../use-cases/follow-territory.ts'
import type { AtStake, Kept, KeptRight } from '../../use-cases/read-my-data.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { placeName } from '../../words/place.ts'
import { grantName } from '../../words/role.ts'
import { toMenu } from '../buttons.ts'
import { followedLine } from '../followed.ts'
import { press, type Screen } from '../message.ts'
import { voterName } from '../voter-name.ts'

export interface MyData {
  id: number
  kept: Kept
  place: Place | undefined
  followed: readonly WatchedPlace[]
}

/** Nothing stands there that is not kept, and nothing is kept that does not stand there. */
export function myDataScreen(t: T, { id, kept, place, followed }: MyData): Screen {
  const { rights, grants, since, source, queued, settled, opened, attempts } = kept
  const facts = { id: String(id), language: t.language.name, village: place ? placeName(t, place) : '–' }
  const lines = [
    t.html('start.mydata', facts),
    ...rights.map((right) => rightLine(t, right)),
    ...grants.map((grant) => t.html('start.mydata-role', { role: grantName(t, grant) })),
    ...followed.map((one) => followedLine(t, one)),
    ...(since === undefined ? [] : [t.html('start.mydata-since', { time: t.moment(since) })]),
    ...(source === undefined ? [] : [t.html('start.mydata-source', { source })]),
    ...(opened > 0 ? [t.html('start.mydata-opened', { number: opened })] : []),
    ...(queued > 0 ? [t.html('start.mydata-queued', { number: queued })] : []),
    ...(settled > 0 ? [t.html('start.mydata-settled', { number: settled })] : []),
    ...(attempts > 0 ? [t.html('start.mydata-attempts', { number: attempts })] : []),
    ...(rights.some(({ castAt }) => castAt !== null) ? [t.html('start.mydata-sealed')] : []),
    t.html('start.mydata-erase'),
  ]
  return { text: lines.join('\n'), buttons: [[toMenu(t)]] }
}

export const nothingKept = (t: T): Screen => ({
  text: t.html('start.nothing-kept'),
  buttons: [[toMenu(t)]],
})

function rightLine(t: T, right: KeptRight): string {
  const facts = { person: voterName(t, right), cycle: t.of(right.cycle) }
  const { castAt, receipt } = right
  if (castAt === null || receipt === null) return t.html('start.mydata-right', facts)
  const number = formatReceiptNumber(receipt)
  return t.html('start.mydata-right-cast', { ...facts, time: t.moment(castAt), number })
}

/** `erase`: what the button carries. Says of each right whether it becomes free or stays counted. */
export function eraseScreen(t: T, { rights, grants }: AtStake, erase: string): Screen {
  const lines = rights.map((right) => {
    const person = voterName(t, right)
    if (right.castAt !== null) return t.html('start.delete-cast', { person })
    return t.html(right.serial === null ? 'start.delete-free-contact' : 'start.delete-free-card', { person })
  })
  const roles = grants.map((grant) => t.html('start.delete-role', { role: grantName(t, grant) }))
  return {
    text: [t.html('start.delete-ask'), ...lines, ...roles].join('\n'),
    buttons: [[press(t('start.delete.button'), erase)], [toMenu(t)]],
  }
}
