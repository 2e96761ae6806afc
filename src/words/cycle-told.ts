// Reads a cycle that is to be made back in words: every date, every sum, what is voted on and how it is counted.
import { methodName } from './person.ts'
import type { CycleFile, CycleFilePlace } from '../core/formats/cycle-file.ts'
import type { ListedProject } from '../core/formats/project-list.ts'
import { type Phase, PHASES, PROFILES } from '../core/cycle.ts'
import { IDEA_TERMS, type IdeaTerms } from '../core/idea.ts'
import { NEW_WORK_TERMS } from '../core/work.ts'
import { trustOf } from '../core/trust-terms.ts'
import { NEEDS } from '../core/needs.ts'
import { GENERAL } from '../core/pot.ts'
import { sumMoney } from '../core/money.ts'
import type { Key, T } from '../i18n.ts'
import { ballotLine } from './ballot.ts'
import { fullMoment } from './moment.ts'
import { type NamedPlace, placeName } from './place.ts'
import { budgetFor, hasPots, potName, takesLine, tooSmallLines, withPot } from './pot.ts'
import { ruleName } from './rule.ts'

/** A place of the file as the classifier knows it. */
export type ToldPlace = NamedPlace &
  Pick<CycleFilePlace, 'budget' | 'pots' | 'desk'> & { territory: number; kato: string | null }

const DATES: Partial<Record<Phase, Key>> = {
  announced: 'cli.told-announced',
  consultation: 'cli.told-consultation',
  ideas: 'cli.told-ideas',
  review: 'cli.told-review',
  support: 'cli.told-support',
  voting: 'cli.told-voting',
  counting: 'cli.told-close',
  results: 'cli.told-results',
}

/** Plain lines; those of a place stand four blanks in. Without `projects` nothing is said of lists. */
export function cycleLines(
  t: T,
  file: CycleFile,
  places: readonly ToldPlace[],
  projects: readonly ListedProject[] | undefined,
  now: Date,
): string[] {
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  const terms = PROFILES[file.profile]
  say(`${file.slug}: ${t.of(file.title)}`)
  say(
    t('cli.told-profile', {
      profile: t(file.profile === 'practice' ? 'cli.told-practice' : 'cli.told-advisory'),
    }),
  )
  for (const phase of PHASES) {
    const [key, moment] = [DATES[phase], file.timeline[phase]]
    if (key && moment !== undefined) say(`    ${t(key, { date: fullMoment(t, moment) })}`)
  }
  if (Date.parse(file.timeline.voting ?? '') < now.getTime()) say(t('cli.told-past'))
  say(t('cli.told-zone'))
  say(
    t('cli.told-way', {
      verification: methodName(t, file.method ?? terms.method),
      revote: t((file.revote ?? terms.revote) === 'none' ? 'cli.told-once' : 'cli.told-again'),
      people: file.people ?? terms.maxPeople,
    }),
  )
  say(
    t('cli.told-count', {
      ballot: ballotLine(t, file.ballot ?? terms.ballotTerms),
      rule: ruleName(t, file.rule ?? terms.ruleTerms),
    }),
  )
  for (const place of places) tellPlace(t, say, place, projects)
  if (file.timeline.consultation !== undefined)
    say(t('cli.told-needs', { needs: (file.needs ?? NEEDS).map((need) => t.of(need)).join(' · ') }))
  if (file.timeline.ideas !== undefined) tellIdeas(t, say, { ...IDEA_TERMS, ...file.ideas })
  else if (projects?.length === 0) say(t('cli.told-no-projects'))
  const works = { ...NEW_WORK_TERMS, ...file.works }
  say(t('cli.told-works', { accept: works.accept, days: works.days }))
  say(t(works.reserve === 'fits' ? 'cli.told-reserve' : 'cli.told-no-reserve'))
  const { away, dispute } = trustOf(terms.trust, file.trust)
  say(away ? t('cli.told-away', { ...away }) : t('cli.told-no-away'))
  if (dispute !== undefined) say(t('cli.told-dispute', { days: dispute }))
  return lines
}

/** How many ideas a resident may send, and what becomes of them. */
function tellIdeas(t: T, say: (line: string) => void, terms: IdeaTerms): void {
  const { perDay, open, answerDays, ceiling } = terms
  say(t('cli.told-idea-terms', { perDay, open, answerDays }))
  if (terms.support)
    say(
      t(terms.support.shown ? 'cli.told-support-shown' : 'cli.told-support-hidden', {
        number: terms.support.needed,
      }),
    )
  say(ceiling === undefined ? t('cli.told-no-ceiling') : t('cli.told-ceiling', { sum: t.money(ceiling) }))
}

function tellPlace(
  t: T,
  say: (line: string) => void,
  place: ToldPlace,
  all: readonly ListedProject[] | undefined,
): void {
  const own = (all ?? []).filter(({ village }) => village === String(place.territory))
  const money = own.length > 0 ? `, ${t.money(sumMoney(own.map(({ cost }) => cost)))}` : ''
  const list = all ? ` ${t('cli.told-projects', { count: own.length })}${money}` : ''
  say(`${place.kato ?? place.territory}  ${placeName(t, place)}`)
  say(`    ${t('cli.told-budget', { sum: t.money(place.budget) })}${list}`)
  if (hasPots(place))
    for (const one of place.pots)
      say(
        `      ${t('cli.told-pot', { pot: potName(t, one), sum: t.money(one.budget) })}${one.ballot ? ` ${ballotLine(t, one.ballot)}` : ''}${one.takes ? ` ${t('cli.told-takes', { takes: takesLine(t, one.takes) })}` : ''}`,
      )
  say(
    `    ${place.desk ? t('cli.told-desk', { desk: `${t.of(place.desk.place)}, ${place.desk.hours}, ${place.desk.phone}` }) : t('cli.told-no-desk')}`,
  )
  for (const { title, cost, pot = GENERAL } of own) {
    const dear = cost > budgetFor(place, { pot }) ? ` (${t('cli.told-too-dear')})` : ''
    say(`    ${t.of(title)}: ${t.money(cost)}${withPot(t, '', place, pot)}${dear}`)
  }
  for (const line of tooSmallLines(t, place, own)) say(`    ${line}`)
}
