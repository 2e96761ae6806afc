// dauys review: votes of villages under review. One person proposes, another confirms in chat.
import type { Command } from 'commander'
import type { ReviewStep } from '../core/review.ts'
import { listReviews, type Reviews } from '../use-cases/list-reviews.ts'
import { proposeReview } from '../use-cases/review-village.ts'
import { reasonLines, reviewLine, whyNotReviewed } from '../words/review.ts'
import { act, cycleNamed, type Parts, readAccount, sayProposed, villageNamed } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { refusedBy } from './refused.ts'

interface Options {
  cycle: string
  village: string
  reason: string
  as: string
}

export function addReviewCommands(program: Command, parts: Parts): void {
  const { t, say } = parts
  const review = program.command('review').description(t('cli.help-review'))
  for (const step of ['open', 'close'] as const)
    review
      .command(step)
      .description(t(`cli.help-review-${step}`))
      .requiredOption(...cycleOption(t))
      .requiredOption('--village <name>', t('cli.help-consult-village'))
      .requiredOption('--reason <text>', t('cli.help-review-reason'))
      .requiredOption('--as <id>', t('cli.help-review-as'))
      .action((options: Options) => propose(parts, step, options))
  review
    .command('list')
    .description(t('cli.help-review-list'))
    .requiredOption(...cycleOption(t))
    .action(({ cycle }: { cycle: string }) =>
      act(parts, async (app) => {
        const listed = await listReviews(app, (await cycleNamed(app, cycle)).id, 'command')
        if (!listed.ok) throw refusedBy((spoken) => spoken(...whyNotReviewed(spoken, listed.problem)))
        for (const line of reviewLines(parts, listed.value)) say(line)
      }),
    )
}

/** Villages that are, or were, under review, each with what was said of it. */
function reviewLines({ t }: Parts, { villages }: Reviews): string[] {
  const shown = villages.filter(({ turns, reasons = [] }) => turns > 0 || reasons.length > 0)
  if (shown.length === 0) return [t('signals.reviews-none')]
  return shown.flatMap((one) => [
    t(...reviewLine(t, one)),
    ...reasonLines(one).map((line) => `  ${t(...line(t)).replace(/[\p{C}\s]+/gu, ' ')}`),
  ])
}

const propose = (parts: Parts, step: ReviewStep, options: Options): Promise<void> =>
  act(parts, async (app) => {
    const { id } = await cycleNamed(app, options.cycle)
    const { territory } = await villageNamed(app, options.village, id)
    const listed = await listReviews(app, id, 'command')
    const found = listed.ok ? listed.value.villages.find((one) => one.territory === territory) : undefined
    const wish = { cycle: id, territory, step, turn: found?.turns ?? 0, reason: options.reason }
    const proposed = await proposeReview(app, wish, readAccount(options.as))
    if (!proposed.ok) throw refusedBy((t) => t(...whyNotReviewed(t, proposed.problem)))
    sayProposed(parts, proposed.value)
  })
