// The card of an idea in a moderators' group: one message for all of them, in the language of who bound the group.
import { decisionsFrom, type DecisionKind, REJECT_REASONS } from '../../core/idea.ts'
import type { Key, T } from '../../i18n.ts'
import type { DecideProblem } from '../../use-cases/decide-idea.ts'
import { reasonName } from '../../words/idea.ts'
import { button } from '../callback.ts'
import { type Button, cutLabel, press, primary, type Screen } from '../message.ts'
import { type Card, cardLines, isHeld, pairs, problemLine } from './view.ts'

/** `what`: a decision, `claim`, `back`, `words`, or a reason of the closed list. No chat but the card's own takes it. */
export const groupButton = button('mg', { idea: 'int', version: 'int', what: 'word' })

const LABELS: Record<DecisionKind | 'claim', Key> = {
  approve: 'moderation.approve.button',
  return: 'moderation.return.button',
  edit: 'moderation.edit.button',
  merge: 'moderation.merge.button',
  reject: 'moderation.reject.button',
  feasible: 'moderation.cost.button',
  unfeasible: 'moderation.unfeasible.button',
  claim: 'moderation.claim.button',
}

/** `reasons`: those of a refusal stand under it, in place of the decisions. */
export function groupScreen(t: T, card: Card, reasons: boolean): Screen {
  const { idea, now } = card
  const at = { idea: idea.id, version: idea.version }
  const one = (what: keyof typeof LABELS): Button =>
    (what === 'approve' || what === 'feasible' ? primary : press)(
      t(LABELS[what]),
      groupButton.pack({ ...at, what }),
    )
  const text = cardLines(t, card).join('\n')
  if (reasons && idea.state === 'sent')
    return {
      text: `${text}\n\n${t.html('moderation.ask-reason')}`,
      buttons: [
        ...REJECT_REASONS.map((reason) => [
          press(cutLabel(reasonName(t, reason)), groupButton.pack({ ...at, what: reason })),
        ]),
        [press(t('moderation.words.button'), groupButton.pack({ ...at, what: 'words' }))],
        [press(t('common.back.button'), groupButton.pack({ ...at, what: 'back' }))],
      ],
    }
  const [first, ...rest] = idea.project === null ? decisionsFrom(idea.state) : []
  const claim = idea.state === 'sent' && !isHeld(idea, now) ? [one('claim')] : []
  return { text, buttons: [...(first ? [[one(first)]] : []), ...pairs([...claim, ...rest.map(one)])] }
}

/** The same as in a chat of one's own, as a box shows it: plain, at most 200 characters. */
export const problemAlert = (t: T, problem: DecideProblem): string =>
  problemLine(t, problem)
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
