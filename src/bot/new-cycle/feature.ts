// An official draws up a cycle in the chat: a screen with its parts, a question for each, all read back before it is made.
import type { Message } from 'grammy/types'
import { CYCLE_DATES, type CycleDraft } from '../../core/formats/cycle-file.ts'
import {
  changeDraft,
  checkDraft,
  discardDraft,
  draftFrom,
  draftPlaces,
  makeDraft,
  mayDraft,
  readDraft,
} from '../../use-cases/draft-cycle.ts'
import { listCycles } from '../../use-cases/list-cycles.ts'
import { newCycleButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { expect, type FeatureParts, leave } from '../parts.ts'
import { withNote } from '../speaker.ts'
import { outdated, type Talk } from '../talk.ts'
import { answerOf, RULES, votesOf, withPots } from './answers.ts'
import { chooseButton, fromButton, makeButton, partButton } from './buttons.ts'
import type { Drafting } from './expects.ts'
import * as view from './view.ts'

type Typed = Drafting['what']
const TYPED: readonly string[] = [
  'title',
  'pots',
  'places',
  'desk',
  'ballot',
  'votes',
  'ceiling',
] satisfies Typed[]

export function newCycleFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('newcycle', (_, talk) => home(parts, talk))
  on.shows(newCycleButton, (_, talk) => home(parts, talk))
  on.shows(partButton, (_, talk, { part }) => open(parts, talk, part))
  on.button(chooseButton, (_, talk, chosen) => choose(parts, talk, chosen))
  on.button(fromButton, (_, talk, { cycle }) => begin(parts, talk, cycle))
  on.button(makeButton, (_, talk) => make(parts, talk))
  return {
    composer: on.composer,
    expects: {
      cycleDraft: { take: (talk, kept, message) => take(parts, talk, kept, message), longest: 4000 },
    },
  } satisfies Feature
}

/** Only officials draw up cycles; anybody else hears it. */
async function allowed({ app }: FeatureParts, { t, who, speak }: Talk): Promise<boolean> {
  if (await mayDraft(app, who.id)) return true
  speak.show({ text: t.html('cycle.not-allowed') })
  return false
}

async function home(parts: FeatureParts, talk: Talk, note?: string): Promise<void> {
  if (!(await allowed(parts, talk))) return
  await leave(parts, talk.who.id)
  const draft = (await readDraft(parts.app, talk.who.id)) ?? {}
  const [places, checked] = await Promise.all([draftPlaces(parts.app, draft), checkDraft(parts.app, draft)])
  talk.speak.drawnBy(newCycleButton.pack({}))
  const speak = note === undefined ? talk.speak : withNote(talk.speak, note)
  speak.show(view.homeScreen(talk.t, draft, places, checked.ok ? [] : checked.problem))
}

async function open(parts: FeatureParts, talk: Talk, part: string): Promise<void> {
  if (!(await allowed(parts, talk))) return
  const draft = (await readDraft(parts.app, talk.who.id)) ?? {}
  const date = /^date-(.*)$/.exec(part)?.[1]
  if (date !== undefined) return askDate(parts, talk, date, draft)
  if (part === 'earlier') return talk.speak.show(view.earlierScreen(talk.t, await listCycles(parts.app)))
  if (part === 'check') return check(parts, talk, draft)
  const screen = view.partScreen(talk.t, part, draft)
  if (!screen) return outdated(talk)
  if (TYPED.includes(part)) await expect(parts, talk.who.id, { kind: 'cycleDraft', what: part as Typed })
  else await leave(parts, talk.who.id)
  talk.speak.show(screen)
}

async function askDate(parts: FeatureParts, talk: Talk, date: string, draft: CycleDraft): Promise<void> {
  if (!CYCLE_DATES.includes(date)) return outdated(talk)
  await expect(parts, talk.who.id, { kind: 'cycleDraft', what: 'date', date })
  talk.speak.show(view.dateScreen(talk.t, date, draft))
}

async function check(parts: FeatureParts, talk: Talk, draft: CycleDraft): Promise<void> {
  const checked = await checkDraft(parts.app, draft)
  if (!checked.ok) return home(parts, talk)
  talk.speak.show(view.checkScreen(talk.t, checked.value, parts.app.now()))
}

async function choose(
  parts: FeatureParts,
  talk: Talk,
  { part, value }: { part: string; value: string },
): Promise<void> {
  if (!(await allowed(parts, talk))) return
  const { t, who } = talk
  if (part === 'discard') {
    const gone = await discardDraft(parts.app, who.id)
    return home(parts, talk, t.html(gone ? 'cycle.discarded' : 'cycle.no-draft'))
  }
  const change = changeOf(part, value)
  if (!change) return outdated(talk)
  const draft = await changeDraft(parts.app, who.id, change)
  if (part === 'no-date') return talk.speak.show(view.partScreen(t, 'dates', draft) ?? { text: '' })
  // Of the way a person is verified three things are chosen on one screen.
  const screen = WAY.includes(part) ? view.partScreen(t, 'way', draft) : undefined
  if (screen) talk.speak.show(screen)
  else await home(parts, talk)
}

const WAY = ['verification', 'revote', 'people']
const CHOICES: Record<string, readonly string[]> = {
  profile: ['practice', 'advisory'],
  verification: ['card', 'contact', 'in-person'],
  revote: ['until-close', 'none'],
}

/** What a press changes; undefined for a press of another version. */
function changeOf(part: string, value: string): ((draft: CycleDraft) => CycleDraft) | undefined {
  const number = /^[1-9]$/.test(value) ? Number(value) : undefined
  if (CHOICES[part]?.includes(value)) return (draft) => ({ ...draft, [part]: value })
  if (part === 'people' && number && number <= 3) return (draft) => ({ ...draft, people: number })
  if (part === 'ballot' && number)
    return (draft) => ({ ...draft, ballot: { kind: 'approval', min: 1, max: number } })
  if (part === 'rule' && value in RULES)
    return (draft) => ({ ...draft, rule: RULES[value as keyof typeof RULES](votesOf(draft)) })
  if (part === 'pots' && value === 'one') return (draft) => withPots(draft, undefined)
  if (part === 'no-date')
    return (draft) => ({
      ...draft,
      dates: Object.fromEntries(Object.entries(draft.dates ?? {}).filter(([name]) => name !== value)),
    })
  if (part === 'ceiling')
    return ({ ideas, ...draft }) => {
      const { ceiling: _, ...rest } = ideas ?? {}
      return { ...draft, ideas: rest }
    }
  return undefined
}

async function begin(parts: FeatureParts, talk: Talk, cycle: number): Promise<void> {
  const begun = await draftFrom(parts.app, talk.who.id, cycle)
  if (!begun.ok && begun.problem.kind === 'not-allowed') return void (await allowed(parts, talk))
  if (!begun.ok) return outdated(talk)
  await home(parts, talk, talk.t.html('cycle.begun'))
}

async function make(parts: FeatureParts, talk: Talk): Promise<void> {
  if (!(await allowed(parts, talk))) return
  const { t, who, speak } = talk
  const made = await makeDraft(parts.app, who.id)
  if (made.ok) return speak.show(view.madeScreen(t, made.value))
  const { kind } = made.problem
  if (kind === 'made-before') return home(parts, talk, t.html('cycle.no-draft'))
  if (kind === 'not-allowed') return home(parts, talk, t.html('cycle.not-there'))
  if (kind === 'bad-budget') return home(parts, talk, t.html('cycle.bad-budget'))
  await home(parts, talk)
}

/** What was typed for a part; what does not fit is asked again with what is accepted, and nothing is lost. */
async function take(parts: FeatureParts, talk: Talk, kept: Drafting, { text }: Message): Promise<boolean> {
  if (!(await mayDraft(parts.app, talk.who.id))) return false
  const { t, who } = talk
  // What is kept is in the draft: a screen that is lost is drawn from it.
  talk.speak.drawnBy(partButton.pack({ part: kept.what === 'date' ? `date-${kept.date}` : kept.what }))
  const read =
    text === undefined ? { note: t.html('cycle.text-wanted') } : await answerOf(parts, talk, kept, text)
  if ('note' in read) {
    const draft = (await readDraft(parts.app, who.id)) ?? {}
    const screen =
      kept.what === 'date' ? view.dateScreen(t, kept.date ?? '', draft) : view.partScreen(t, kept.what, draft)
    if (!screen) return false
    withNote(talk.speak, read.note).show(screen)
    return true
  }
  const draft = await changeDraft(parts.app, who.id, read.change)
  if (kept.what === 'date') {
    await parts.session.expectNothing(who.id)
    talk.speak.drawnBy(partButton.pack({ part: 'dates' }))
    const dates = view.partScreen(t, 'dates', draft)
    if (dates) talk.speak.show(dates)
  } else await home(parts, talk)
  return true
}
