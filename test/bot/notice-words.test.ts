// A notice is read alone and forwarded: it names vote and village, carries the mark of a practice, and the button that is wanted.
import { describe, expect, test } from 'vitest'
import { noticeScreen } from '../../src/bot/notice/view.ts'
import { type Notice, NOTICE_KINDS } from '../../src/core/notice.ts'
import { createI18n, escapeHtml, type Key } from '../../src/i18n.ts'
import { placeName } from '../../src/words/place.ts'
import { jointActs, place } from './long-facts.ts'

const home = { cycle: 7, territory: 11 }
const at = '2026-11-07T04:00:00.000Z'
const ballot = '01890a5d-ac96-774b-bcce-b302099a8057'
const [joint] = jointActs
if (!joint) throw new Error('no act of two officials')
const asked = (trial: boolean) => ({
  ...joint,
  where: { title: place.cycle.title, trial, places: [{ name: place.name, within: place.within }], others: 0 },
})
type Said = Exclude<Notice, { kind: 'announcement' }>
const figures = { waiting: 0, sent: 9, blocked: 1, failed: 0, unknown: 0, cancelled: 0, pressed: 3 }
/** An announcement is what officials wrote. */
const NOTICES: { [K in Said['kind']]: { of: (trial: boolean) => Said; wanted: Key } } = {
  'announcement-ended': {
    of: (trial) => ({
      kind: 'announcement-ended',
      announcement: 3,
      state: 'done',
      figures,
      where: asked(trial).where,
    }),
    wanted: 'announce.show.button',
  },
  reminder: {
    of: () => ({ kind: 'reminder', ...home, what: 'opened', until: at }),
    wanted: 'start.vote.button',
  },
  receipt: {
    of: () => ({ kind: 'receipt', at, receipt: '12345678901234', ballot }),
    wanted: 'receipt.copy.button',
  },
  extended: { of: () => ({ kind: 'extended', ...home, closesAt: at }), wanted: 'start.vote.button' },
  suspended: {
    of: () => ({ kind: 'suspended', ...home, at, reason: { kk: 'Тізімде қате бар', ru: 'В списке ошибка' } }),
    wanted: 'common.menu.button',
  },
  resumed: { of: () => ({ kind: 'resumed', ...home, closesAt: at }), wanted: 'start.vote.button' },
  voided: {
    of: () => ({ kind: 'voided', ...home, at, reason: { kk: 'Тізімде қате бар', ru: 'В списке ошибка' } }),
    wanted: 'common.menu.button',
  },
  results: { of: () => ({ kind: 'results', ...home }), wanted: 'start.results.button' },
  'right-released': {
    of: () => ({ kind: 'right-released', ...home, serial: 61, at }),
    wanted: 'common.menu.button',
  },
  began: {
    of: () => ({ kind: 'began', ...home, phase: 'ideas', until: at }),
    wanted: 'notices.open-village.button',
  },
  'need-meeting': {
    of: () => ({ kind: 'need-meeting', ...home, meets: at, place: { kk: 'Клуб', ru: 'Клуб' } }),
    wanted: 'common.menu.button',
  },
  'meeting-cancelled': {
    of: () => ({ kind: 'meeting-cancelled', ...home, meets: at, place: { kk: 'Клуб', ru: 'Клуб' } }),
    wanted: 'common.menu.button',
  },
  'hands-differ': { of: () => ({ kind: 'hands-differ', ...home, by: 77 }), wanted: 'consult.desk.button' },
  'paper-handed-out': {
    of: () => ({ kind: 'paper-handed-out', ...home, at }),
    wanted: 'common.menu.button',
  },
  'vote-assisted': {
    of: () => ({ kind: 'vote-assisted', ...home, at }),
    wanted: 'common.menu.button',
  },
  'pressure-reported': {
    of: () => ({ kind: 'pressure-reported', ...home }),
    wanted: 'signals.reports-open.button',
  },
  'papers-differ': { of: () => ({ kind: 'papers-differ', ...home, by: 77 }), wanted: 'consult.desk.button' },
  'needs-published': {
    of: () => ({ kind: 'needs-published', ...home }),
    wanted: 'consult.result.button',
  },
  'idea-arrived': {
    of: () => ({ kind: 'idea-arrived', ...home, idea: 7, number: 12, again: false, dueAt: at }),
    wanted: 'moderation.open.button',
  },
  'idea-to-cost': {
    of: () => ({ kind: 'idea-to-cost', ...home, idea: 7, number: 12 }),
    wanted: 'moderation.open.button',
  },
  'idea-supported': {
    of: () => ({ kind: 'idea-supported', ...home, idea: 12, title: 'Ауылға шам', needed: 10 }),
    wanted: 'ideas.open.button',
  },
  'idea-unsupported': {
    of: () => ({
      kind: 'idea-unsupported',
      ...home,
      idea: 12,
      title: 'Ауылға шам',
      supporters: 3,
      needed: 10,
      mine: true,
    }),
    wanted: 'ideas.open.button',
  },
  'ideas-listed': {
    of: () => ({
      kind: 'ideas-listed',
      ...home,
      until: at,
      ideas: [{ number: 3, title: place.name, mine: true }],
    }),
    wanted: 'start.vote.button',
  },
  'idea-decided': {
    of: () => ({
      kind: 'idea-decided',
      ...home,
      idea: 12,
      title: 'Ауылға шам',
      decision: 'reject',
      reason: 'too-dear',
      note: 'Екі есе қымбат',
      mine: true,
    }),
    wanted: 'common.menu.button',
  },
  'idea-late': {
    of: () => ({ kind: 'idea-late', ...home, idea: 7, number: 12, dueAt: at, late: true }),
    wanted: 'moderation.open.button',
  },
  'author-muted': {
    of: () => ({ kind: 'author-muted', ...home, idea: 7, number: 12, until: at, mine: false }),
    wanted: 'moderation.open.button',
  },
  'room-lost': {
    of: () => ({ kind: 'room-lost', ...home, at }),
    wanted: 'moderation.rooms.button',
  },
  channel: {
    of: () => ({ kind: 'channel', ...home, what: 'lost', title: 'Мақаншы жаңалықтары', at }),
    wanted: 'announce.channels.button',
  },
  milestone: {
    of: () => ({
      kind: 'milestone',
      ...home,
      number: 3,
      title: place.name,
      name: { kk: 'Қазылды', ru: 'Вырыто' },
      day: '2027-05-30',
    }),
    wanted: 'works.open.button',
  },
  'work-built': {
    of: () => ({
      kind: 'work-built',
      ...home,
      number: 3,
      title: place.name,
      reply: { kk: 'Түзелді', ru: 'Исправлено' },
    }),
    wanted: 'works.open.button',
  },
  'work-disputed': {
    of: () => ({ kind: 'work-disputed', ...home, number: 3, title: place.name }),
    wanted: 'works.open.button',
  },
  'question-asked': {
    of: () => ({ kind: 'question-asked', ...home, question: 4, number: 3, title: place.name }),
    wanted: 'questions.open.button',
  },
  'question-settled': {
    of: () => ({
      kind: 'question-settled',
      ...home,
      number: 3,
      title: place.name,
      answered: true,
      text: 'Мамырда',
      mine: true,
    }),
    wanted: 'questions.to-project.button',
  },
  'second-asked': {
    of: (trial) => ({ kind: 'second-asked', ...asked(trial), until: at }),
    wanted: 'second.confirm.button',
  },
  'second-decided': {
    of: (trial) => ({ kind: 'second-decided', ...asked(trial), outcome: 'done', at }),
    wanted: 'common.menu.button',
  },
}
const textsOf = createI18n()
const practice = { ...place, cycle: { ...place.cycle, trial: true } }
const vote = { ...place, cycle: { ...place.cycle, trial: false } }

describe.each(['kk', 'ru', 'en'])('in %s', (language) => {
  const t = textsOf(language)
  test.each(NOTICE_KINDS.filter((kind) => kind !== 'announcement'))('%s', (kind) => {
    const { of, wanted } = NOTICES[kind]
    // What says itself where it is gets no place.
    const [there, here] =
      'cycle' in of(true) || kind === 'receipt' ? [practice, vote] : [undefined, undefined]
    const { text, buttons } = noticeScreen(t, of(true), there)
    expect(text).toContain(escapeHtml(t.of(place.cycle.title)))
    expect(text).toContain(escapeHtml(placeName(t, place)))
    expect(text).toContain(t.html('common.practice'))
    expect(noticeScreen(t, of(false), here).text).not.toContain(t.html('common.practice'))
    const labels = buttons?.flat().map((button) => button.text)
    expect(labels).toContain(t(wanted))
    expect(labels?.at(-1)).toBe(t('common.menu.button'))
  })
})

test('the results say of each project that the reader follows whether it is elected', () => {
  const followed = [
    { number: 3, title: { kk: 'Шам', ru: 'Фонарь' }, won: true },
    { number: 5, title: { kk: 'Алаң', ru: 'Площадка' }, won: false },
  ]
  const { text } = noticeScreen(textsOf('ru'), { kind: 'results', ...home, followed }, vote)
  expect(text).toContain('№\u00a03. Фонарь: проходит\n№\u00a05. Площадка: не проходит')
})

test('an idea that was spoken has a name in every notice about it, and no empty quotes', () => {
  const told = { ...home, idea: 12, mine: true }
  const notices: Said[] = ['', '–'].flatMap((title): Said[] => [
    { kind: 'idea-decided', ...told, title, decision: 'approve' },
    { kind: 'idea-supported', ...home, idea: 12, title, needed: 5 },
    { kind: 'idea-unsupported', ...told, title, supporters: 1, needed: 5 },
    {
      kind: 'question-settled',
      ...home,
      number: 12,
      title: { kk: title || '–', ru: title || '–' },
      answered: true,
      text: 'Мамырда',
      mine: true,
      idea: true,
    },
  ])
  for (const notice of notices) {
    const { text } = noticeScreen(textsOf('ru'), notice, vote)
    expect(text, notice.kind).toMatch(/№\u00a012[:.] «?Голосовое сообщение»?/)
  }
})
