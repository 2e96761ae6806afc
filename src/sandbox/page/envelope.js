// "Your envelope": what the person holds on paper, as a card that unfolds above the chat.
import { copyText, h, icon, iconButton } from './dom.js'
import { plainText } from './rich.js'

/** What the copy button of a line takes: a link or its mark, else the longest run of digits; undefined without digits. */
export function copyable(line) {
  if (!/\d/.test(line)) return undefined
  const mark = /https?:\/\/\S+|(?<![\p{L}\d])[vc]_[\w-]+/u.exec(line)
  const runs = line.match(/\+?\d([\d\s()–-]*\d)?/g)
  return mark ? mark[0] : runs.reduce((longest, run) => (run.length > longest.length ? run : longest))
}

/** The envelope's strip and paper; '' when the person holds none. `app`: `{ t, person, actions, unfolded }`. */
export function envelopeCard({ t, person, actions, unfolded }) {
  const lines = person.envelope?.lines ?? person.envelope ?? []
  if (lines.length === 0) return ''
  const paper = h(
    'ul.paper',
    {},
    lines.map((line) => {
      const what = copyable(line)
      return h(
        'li',
        {},
        h('span', {}, plainText(line, actions)),
        what && iconButton('copy', `${t('copy')}: ${what}`, () => copyText(t, what)),
      )
    }),
  )
  const unfold = (open) => {
    paper.hidden = !open
    strip.setAttribute('aria-expanded', String(open))
    if (open) unfolded.add(person.id)
    else unfolded.delete(person.id)
  }
  const strip = h(
    'button.strip',
    { onclick: () => unfold(paper.hidden) },
    icon('letter'),
    t('envelope'),
    icon('down'),
  )
  unfold(unfolded.has(person.id))
  return h('section', { 'aria-label': t('envelope') }, strip, paper)
}
