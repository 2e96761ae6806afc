// dauys questions list | answer | decline: the official's second door to what residents ask about projects.
import type { Command } from 'commander'
import { OFFICIAL_LANGUAGES } from '../core/localised.ts'
import type { Reply } from '../core/question.ts'
import type { T } from '../i18n.ts'
import type { App } from '../use-cases/app.ts'
import { answerQuestion, type AnswerProblem } from '../use-cases/answer-question.ts'
import { listQuestions, type Question } from '../use-cases/questions.ts'
import { act, cycleNamed, type Parts, readAccount } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { refused, refusedBy } from './refused.ts'

export function addQuestionCommands(program: Command, parts: Parts): void {
  const { t } = parts
  const questions = program.command('questions').description(t('cli.help-questions'))
  questions
    .command('list')
    .description(t('cli.help-questions-list'))
    .requiredOption(...cycleOption(t))
    .action(({ cycle }: { cycle: string }) => act(parts, (app) => list(app, parts, cycle)))
  questions
    .command('answer')
    .description(t('cli.help-questions-answer'))
    .argument('<number>', t('cli.help-questions-number'))
    .option('--kk <text>', t('cli.help-questions-kk'))
    .option('--ru <text>', t('cli.help-questions-ru'))
    .option('--as <id>', t('cli.help-questions-as'))
    .action((number: string, options: Partial<Record<string, string>>) => {
      const replies = OFFICIAL_LANGUAGES.flatMap((locale): Reply[] => {
        const text = options[locale]
        return text === undefined ? [] : [{ kind: 'answer', locale, text }]
      })
      if (replies.length === 0) throw refused('cli.question-no-words')
      return act(parts, (app) => settle(app, parts, { number, as: options.as }, replies))
    })
  questions
    .command('decline')
    .description(t('cli.help-questions-decline'))
    .argument('<number>', t('cli.help-questions-number'))
    .requiredOption('--reason <text>', t('cli.help-questions-reason'))
    .option('--as <id>', t('cli.help-questions-as'))
    .action((number: string, { reason, as }: { reason: string; as?: string }) =>
      act(parts, (app) => settle(app, parts, { number, as }, [{ kind: 'decline', text: reason }])),
    )
}

async function list(app: App, { t, say }: Parts, name: string): Promise<void> {
  const found = await listQuestions(app, (await cycleNamed(app, name)).id)
  for (const one of found) {
    const { id, number, text } = one
    say(t('cli.questions-line', { id, village: t.of(one.village), number, text, state: stateOf(t, one) }))
  }
  if (found.length === 0) say(t('cli.questions-none'))
}

/** One act after the other: an answer in each language has a leaf of its own. */
async function settle(
  app: App,
  { t, say }: Parts,
  { number, as }: { number: string; as?: string | undefined },
  replies: readonly Reply[],
): Promise<void> {
  const [, digits = '0'] = /^(?:№\s*)?([1-9]\d{0,8})$/.exec(number) ?? []
  const by = as === undefined ? 'command' : readAccount(as)
  for (const reply of replies) {
    const done = await answerQuestion(app, Number(digits), reply, { by })
    if (!done.ok) throw problemOf(done.problem, number)
    say(t('cli.questions-done', { id: done.value.id, state: stateOf(t, done.value) }))
  }
}

function stateOf(t: T, { state, answers }: Pick<Question, 'state' | 'answers'>): string {
  if (state === 'answered') return t('cli.questions-answered', { languages: Object.keys(answers).join(', ') })
  return t(state === 'open' ? 'cli.questions-open' : 'cli.questions-declined')
}

function problemOf(problem: AnswerProblem, number: string): Error {
  switch (problem.kind) {
    case 'not-allowed':
      return refused('cli.not-allowed')
    case 'no-such-question':
      return refused('cli.no-question', { id: number })
    case 'own-question':
      return refused('cli.question-own')
    case 'bad-length': {
      const { least, most, number: letters } = problem
      return refused('cli.question-length', { least, most, number: letters })
    }
    case 'answered-before':
      return refusedBy((t) => {
        const state = stateOf(t, { state: problem.state, answers: problem.answers })
        return t('cli.question-before', { state })
      }, 'cli.question-before')
  }
}
