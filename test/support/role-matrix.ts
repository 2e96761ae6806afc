// Who may do what, cell by cell, as a reader may check it: a role, an act, and where the role is held when the act is in Makanshy.
import { type Act, ACTS, type Role, ROLES } from '../../src/core/role.ts'

/** Where the role is held, against the village of the act. `inside`: in a street of that village; `over`: there, and it ran out. */
export const HELD = ['there', 'elsewhere', 'district', 'inside', 'over', 'taken', 'everywhere'] as const
export type Held = (typeof HELD)[number]

const TABLE = `
                             there elsewhere district inside over taken everywhere
facilitator grant-role         ·       ·        ·       ·     ·     ·       ·
facilitator create-cycle       ·       ·        ·       ·     ·     ·       ·
facilitator extend-cycle       ·       ·        ·       ·     ·     ·       ·
facilitator move-phase         ·       ·        ·       ·     ·     ·       ·
facilitator import-roll        ·       ·        ·       ·     ·     ·       ·
facilitator approve-roll       ·       ·        ·       ·     ·     ·       ·
facilitator hand-over-cards    ·       ·        ·       ·     ·     ·       ·
facilitator count-cycle        ·       ·        ·       ·     ·     ·       ·
facilitator publish-results    ·       ·        ·       ·     ·     ·       ·
moderator   grant-role         ·       ·        ·       ·     ·     ·       ·
moderator   create-cycle       ·       ·        ·       ·     ·     ·       ·
moderator   extend-cycle       ·       ·        ·       ·     ·     ·       ·
moderator   move-phase         ·       ·        ·       ·     ·     ·       ·
moderator   import-roll        ·       ·        ·       ·     ·     ·       ·
moderator   approve-roll       ·       ·        ·       ·     ·     ·       ·
moderator   hand-over-cards    ·       ·        ·       ·     ·     ·       ·
moderator   count-cycle        ·       ·        ·       ·     ·     ·       ·
moderator   publish-results    ·       ·        ·       ·     ·     ·       ·
official    grant-role         ·       ·        ·       ·     ·     ·       ·
official    create-cycle      yes      ·       yes      ·     ·     ·      yes
official    extend-cycle      yes      ·       yes      ·     ·     ·      yes
official    move-phase        yes      ·       yes      ·     ·     ·      yes
official    import-roll       yes      ·       yes      ·     ·     ·      yes
official    approve-roll      yes      ·       yes      ·     ·     ·      yes
official    hand-over-cards   yes      ·       yes      ·     ·     ·      yes
official    count-cycle       yes      ·       yes      ·     ·     ·      yes
official    publish-results   yes      ·       yes      ·     ·     ·      yes
auditor     grant-role         ·       ·        ·       ·     ·     ·       ·
auditor     create-cycle       ·       ·        ·       ·     ·     ·       ·
auditor     extend-cycle       ·       ·        ·       ·     ·     ·       ·
auditor     move-phase         ·       ·        ·       ·     ·     ·       ·
auditor     import-roll        ·       ·        ·       ·     ·     ·       ·
auditor     approve-roll       ·       ·        ·       ·     ·     ·       ·
auditor     hand-over-cards    ·       ·        ·       ·     ·     ·       ·
auditor     count-cycle        ·       ·        ·       ·     ·     ·       ·
auditor     publish-results    ·       ·        ·       ·     ·     ·       ·
admin       grant-role        yes      ·       yes      ·     ·     ·      yes
admin       create-cycle       ·       ·        ·       ·     ·     ·       ·
admin       extend-cycle       ·       ·        ·       ·     ·     ·       ·
admin       move-phase         ·       ·        ·       ·     ·     ·       ·
admin       import-roll        ·       ·        ·       ·     ·     ·       ·
admin       approve-roll       ·       ·        ·       ·     ·     ·       ·
admin       hand-over-cards    ·       ·        ·       ·     ·     ·       ·
admin       count-cycle        ·       ·        ·       ·     ·     ·       ·
admin       publish-results    ·       ·        ·       ·     ·     ·       ·
`

export interface Cell {
  role: Role
  act: Act
  held: Held
  may: boolean
}

/** The cells of the table. Throws when a role or an act has no line of its own, or a line not all its cells. */
export function roleMatrix(): Cell[] {
  const [head = [], ...lines] = TABLE.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  if (head.join() !== HELD.join()) throw new Error('the columns of the table are others')
  const wanted = ROLES.flatMap((role) => ACTS.map((act) => `${role} ${act}`))
  if (lines.map(([role, act]) => `${role} ${act}`).join() !== wanted.join())
    throw new Error('a role or an act has no line in the table')
  return lines.flatMap(([role, act, ...cells]) => {
    if (cells.length !== HELD.length) throw new Error(`${role} ${act}: not as many cells as columns`)
    return HELD.map((held, at) => ({ role: role as Role, act: act as Act, held, may: cells[at] === 'yes' }))
  })
}
