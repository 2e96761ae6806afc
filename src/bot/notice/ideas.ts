// Notices about ideas: to their authors, to those who support or follow them, and to whoever decides about them.
import { graphemeCut } from '../../core/text.ts'
import type { Key } from '../../i18n.ts'
import { decisionLines, toldTitle } from '../../words/idea.ts'
import { moderatedButton, ownIdeaButton, voteButton } from '../buttons.ts'
import { press, primary } from '../message.ts'
import { MOST_FOLLOWED, toIdea, type View } from './drawing.ts'

/** Why its reader hears of an idea. */
const ideaHead = (mine: boolean, follows = false): Key => {
  if (mine) return 'ideas.told-mine'
  return follows ? 'ideas.told-followed' : 'ideas.told-supported'
}

export const IDEA_NOTICES = {
  'idea-arrived': (t, { idea, number, again, dueAt }) => ({
    text: t.html(again ? 'moderation.arrived-again' : 'moderation.arrived', {
      number,
      time: t.moment(dueAt),
    }),
    buttons: [[primary(t('moderation.open.button'), moderatedButton.pack({ idea }))]],
  }),
  'idea-to-cost': (t, { idea, number }) => ({
    text: t.html('moderation.to-cost', { number }),
    buttons: [[primary(t('moderation.open.button'), moderatedButton.pack({ idea }))]],
  }),
  'idea-supported': (t, { idea, title, needed, cycle }) => ({
    text: [
      t.html('ideas.told-mine', { idea, title: toldTitle(t, title) }),
      t.html('ideas.told-enough', { number: needed }),
    ].join('\n'),
    buttons: [[primary(t('ideas.open.button'), ownIdeaButton.pack({ cycle, number: idea }))]],
  }),
  'idea-unsupported': (t, { idea, title, supporters, needed, mine, follows, cycle }) => ({
    text: [
      t.html(ideaHead(mine, follows), { idea, title: toldTitle(t, title) }),
      t.html(mine ? 'ideas.told-too-few' : 'ideas.told-too-few-other', { number: supporters, needed }),
    ].join('\n'),
    buttons: mine ? [[primary(t('ideas.open.button'), ownIdeaButton.pack({ cycle, number: idea }))]] : [],
  }),
  'ideas-listed': (t, { cycle, territory, until, ideas }) => {
    const told = (mine: boolean) => {
      const some = ideas.filter((one) => one.mine === mine)
      if (some.length === 0) return []
      const shown = some.slice(0, MOST_FOLLOWED)
      return [
        t.html(mine ? 'ideas.told-listed-mine' : 'ideas.told-listed-supported'),
        ...shown.map(({ number, title }) =>
          t.html('ideas.told-listed', { number, title: graphemeCut(t.of(title), 100) }),
        ),
      ]
    }
    return {
      text: [t.html('ideas.told-voting', { time: t.moment(until) }), ...told(true), ...told(false)].join(
        '\n',
      ),
      buttons: [[primary(t('start.vote.button'), voteButton.pack({ cycle, territory }))]],
    }
  },
  'idea-decided': (t, told) => {
    const head = ideaHead(told.mine, told.follows)
    return {
      text: [
        t.html(head, { idea: told.idea, title: toldTitle(t, told.title) }),
        ...decisionLines(t, told),
      ].join('\n'),
      buttons: told.mine
        ? [[primary(t('ideas.open.button'), ownIdeaButton.pack({ cycle: told.cycle, number: told.idea }))]]
        : [[press(t('ideas.open.button'), toIdea(told.cycle, told.territory, told.idea))]],
      ...(told.reply ? { reply: told.reply } : {}),
    }
  },
  'idea-late': (t, { idea, number, dueAt, late }) => ({
    text: t.html(late ? 'moderation.late' : 'moderation.due-soon', { number, time: t.moment(dueAt) }),
    buttons: [[primary(t('moderation.open.button'), moderatedButton.pack({ idea }))]],
  }),
  'author-muted': (t, { idea, number, until, mine }) =>
    mine
      ? { text: t.html('ideas.told-muted', { number, time: t.moment(until) }) }
      : {
          text: t.html('moderation.told-muted', { number, time: t.moment(until) }),
          buttons: [[primary(t('moderation.open.button'), moderatedButton.pack({ idea }))]],
        },
} satisfies {
  [K in
    | 'idea-arrived'
    | 'idea-to-cost'
    | 'idea-supported'
    | 'idea-unsupported'
    | 'ideas-listed'
    | 'idea-decided'
    | 'idea-late'
    | 'author-muted']: View<K>
}
