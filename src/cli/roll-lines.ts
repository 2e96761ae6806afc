// What is wrong with a list or a sealed roll, in lines that a clerk can act on.
import type { ApproveRollProblem } from '../use-cases/approve-roll.ts'
import { NOT_ALLOWED } from './acting.ts'
import type { PrepareProblem } from './prepare.ts'

const MOST_LINES = 20

/** One problem a line, with the line of the file; at most 20. A phone is never repeated. */
export function prepareLines(list: string, problems: readonly PrepareProblem[]): string {
  const lines = problems.slice(0, MOST_LINES).map((problem) => {
    const text = prepareLine(problem)
    return 'line' in problem ? `line ${problem.line}: ${text}` : text
  })
  const more = problems.length - lines.length
  return [`${list} cannot be used:`, ...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n  ')
}

function prepareLine(problem: PrepareProblem): string {
  switch (problem.kind) {
    case 'workbook':
      return 'this is a workbook (.xlsx, .xls, .ods): save it as CSV first'
    case 'empty':
      return 'the file is empty'
    case 'unclosed-quote':
      return 'a quotation mark is opened and never closed'
    case 'text-after-quote':
      return 'there is text behind a closing quotation mark'
    case 'wrong-cell-count':
      return `${problem.found} cells, but the header has ${problem.expected}`
    case 'missing-column':
      return `there is no column for the ${problem.column}`
    case 'doubled-column':
      return `there are two columns for the ${problem.column}`
    case 'no-rows':
      return 'there are no rows'
    case 'not-a-number':
      return `the register number "${problem.value}" is not a whole number`
    case 'unknown-village':
      return `"${problem.value}" is no village of this cycle`
    case 'ambiguous-village':
      return `"${problem.value}" may be several villages: write the KATO code instead`
    case 'bad-phone':
      return 'the phone is not a mobile number of Kazakhstan'
    case 'doubled-row':
      return `${problem.value} ${problem.register} stands in line ${problem.firstLine} already`
  }
}

export function importLine(problem: ApproveRollProblem): string {
  switch (problem.kind) {
    case 'not-a-sealed-file':
      return 'this is not a sealed file: "dauys roll prepare" and "dauys cards print" make one'
    case 'cut-off':
      return 'the file is cut off: its last line is missing; send it again'
    case 'missing-header':
      return `the file has no line "${problem.header}"`
    case 'damaged':
      return 'the file was damaged on its way; send it again'
    case 'other-key':
      return `the file is sealed to another server's key (${problem.sealedTo}, ours is ${problem.ours})`
    case 'not-openable':
      return "the file cannot be opened with this server's key"
    case 'not-a-roll':
      return `the file does not hold a roll: ${problem.why}`
    case 'other-cycle':
      return `the file is for the cycle ${problem.cycle}`
    case 'unknown-village':
      return `the file names a village that is not in this cycle: ${problem.village}`
    case 'row-twice':
      return `${problem.village} ${problem.register} stands twice in the file, under two names of the village`
    case 'bad-serial':
      return `"${problem.serial}" is not a serial: whole numbers are expected`
    case 'serial-twice':
      return `serial ${problem.serial} of ${problem.village} stands twice in the file`
    case 'cards-not-wanted':
      return 'the cycle verifies by contact: cards would be a second vote'
    case 'no-such-cycle':
      return 'there is no such cycle'
    case 'closed':
      return 'voting is over: the roll stays as it is'
    case 'name-official':
      return 'two officials must agree here: say who you are with --as and your Telegram id'
    case 'not-allowed':
      return NOT_ALLOWED
    case 'proposer-not-allowed':
      return 'whoever imported the file is no official there any more: prepare it anew and import it again'
    case 'code-taken':
      return 'a code of the file is on another card already: print the cards again'
    case 'serials-taken':
      return `${problem.cards} serials belong to other cards already: print these cards again, they get new serials`
    case 'not-proposed':
      return 'nobody has imported this very file: it is approved as it was imported'
    case 'same-person':
      return 'whoever imported the file cannot approve it: a second official must'
  }
}
