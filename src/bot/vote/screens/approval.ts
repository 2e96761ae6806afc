// Approval on the screen: a press marks, another unmarks, up to the limit.
import type { ApprovalTerms } from '../../../core/ballots/approval.ts'
import { graphemeCut, utf16Length } from '../../../core/text.ts'
import { fail, ok } from '../../../core/result.ts'
import type { MarkingScreen } from './screen.ts'

const MAX_LABEL = 44

export const approvalScreen: MarkingScreen<ApprovalTerms> = {
  rule: (t, terms) => t.html('vote.rule', { count: terms.max }),
  sofar(t, terms, projects, marks) {
    const count = t.html('vote.marked', { n: marks.length, max: terms.max })
    const marked = projects.filter((project) => marks.includes(project.id))
    return [
      count,
      ...marked.map((one) =>
        t.html('discover.project.button', { number: one.number, title: t.of(one.title) }),
      ),
    ]
  },
  label(t, project, marks) {
    const facts = { number: project.number, title: t.of(project.title) }
    const text = marks.includes(project.id) ? t('vote.on.button', facts) : t('vote.off.button', facts)
    return utf16Length(text) > MAX_LABEL ? graphemeCut(text, MAX_LABEL) : text
  },
  press(t, terms, marks, project) {
    if (marks.includes(project)) return ok(marks.filter((one) => one !== project))
    if (marks.length >= terms.max) return fail(t('vote.too-many.alert', { count: terms.max }))
    return ok([...marks, project])
  },
}
