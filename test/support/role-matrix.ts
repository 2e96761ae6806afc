// Who may do what, cell by cell, as a reader may check it: a role, an act, and where the role is held when the act is in Makanshy.
import { type Act, ACTS, type Role, ROLES } from '../../src/core/role.ts'

/** Where the role is held, against the village of the act. `inside`: in a street of that village; `over`: there, and it ran out. */
export const HELD = ['there', 'elsewhere', 'district', 'inside', 'over', 'taken', 'everywhere'] as const
export type Held = (typeof HELD)[number]

const TABLE = `
                             there elsewhere district inside over taken everywhere
facilitator grant-role         ·       ·        ·       ·     ·     ·       ·
facilitator add-witness        ·       ·        ·       ·     ·     ·       ·
facilitator create-cycle       ·       ·        ·       ·     ·     ·       ·
facilitator extend-cycle       ·       ·        ·       ·     ·     ·       ·
facilitator move-phase         ·       ·        ·       ·     ·     ·       ·
facilitator halt-cycle         ·       ·        ·       ·     ·     ·       ·
facilitator import-roll        ·       ·        ·       ·     ·     ·       ·
facilitator approve-roll       ·       ·        ·       ·     ·     ·       ·
facilitator hand-over-cards    ·       ·        ·       ·     ·     ·       ·
facilitator reissue-card       ·       ·        ·       ·     ·     ·       ·
facilitator set-aside          ·       ·        ·       ·     ·     ·       ·
facilitator accept-rollback    ·       ·        ·       ·     ·     ·       ·
facilitator check-person     yes      ·       yes      ·     ·     ·      yes
facilitator name-facilitator  ·       ·        ·       ·     ·     ·       ·
facilitator assist           yes      ·       yes      ·     ·     ·      yes
facilitator mark-paper       yes      ·       yes      ·     ·     ·      yes
facilitator enter-papers     yes      ·       yes      ·     ·     ·      yes
facilitator explain-papers    ·       ·        ·       ·     ·     ·       ·
facilitator read-own-vote     ·       ·        ·       ·     ·     ·       ·
facilitator count-cycle        ·       ·        ·       ·     ·     ·       ·
facilitator publish-results    ·       ·        ·       ·     ·     ·       ·
facilitator moderate-idea      ·       ·        ·       ·     ·     ·       ·
facilitator cost-idea          ·       ·        ·       ·     ·     ·       ·
facilitator unmute-author     ·       ·        ·       ·     ·     ·       ·
facilitator bind-room          ·       ·        ·       ·     ·     ·       ·
facilitator answer-question    ·       ·        ·       ·     ·     ·       ·
facilitator hold-meeting       ·       ·        ·       ·     ·     ·       ·
facilitator enter-hands       yes      ·       yes      ·     ·     ·      yes
facilitator publish-needs      ·       ·        ·       ·     ·     ·       ·
facilitator keep-works         ·       ·        ·       ·     ·     ·       ·
facilitator announce           ·       ·        ·       ·     ·     ·       ·
facilitator bind-channel       ·       ·        ·       ·     ·     ·       ·
facilitator read-report        ·       ·        ·       ·     ·     ·       ·
facilitator enter-training     ·       ·        ·       ·     ·     ·       ·
facilitator read-signals       ·       ·        ·       ·     ·     ·       ·
facilitator review-village    ·       ·        ·       ·     ·     ·       ·
facilitator change-result      ·       ·        ·       ·     ·     ·       ·
moderator   grant-role         ·       ·        ·       ·     ·     ·       ·
moderator   add-witness        ·       ·        ·       ·     ·     ·       ·
moderator   create-cycle       ·       ·        ·       ·     ·     ·       ·
moderator   extend-cycle       ·       ·        ·       ·     ·     ·       ·
moderator   move-phase         ·       ·        ·       ·     ·     ·       ·
moderator   halt-cycle         ·       ·        ·       ·     ·     ·       ·
moderator   import-roll        ·       ·        ·       ·     ·     ·       ·
moderator   approve-roll       ·       ·        ·       ·     ·     ·       ·
moderator   hand-over-cards    ·       ·        ·       ·     ·     ·       ·
moderator   reissue-card       ·       ·        ·       ·     ·     ·       ·
moderator   set-aside          ·       ·        ·       ·     ·     ·       ·
moderator   accept-rollback    ·       ·        ·       ·     ·     ·       ·
moderator   check-person      ·       ·        ·       ·     ·     ·       ·
moderator   name-facilitator  ·       ·        ·       ·     ·     ·       ·
moderator   assist            ·       ·        ·       ·     ·     ·       ·
moderator   mark-paper        ·       ·        ·       ·     ·     ·       ·
moderator   enter-papers      ·       ·        ·       ·     ·     ·       ·
moderator   explain-papers    ·       ·        ·       ·     ·     ·       ·
moderator   read-own-vote     ·       ·        ·       ·     ·     ·       ·
moderator   count-cycle        ·       ·        ·       ·     ·     ·       ·
moderator   publish-results    ·       ·        ·       ·     ·     ·       ·
moderator   moderate-idea     yes      ·       yes      ·     ·     ·      yes
moderator   cost-idea         yes      ·       yes      ·     ·     ·      yes
moderator   unmute-author     ·       ·        ·       ·     ·     ·       ·
moderator   bind-room          ·       ·        ·       ·     ·     ·       ·
moderator   answer-question    ·       ·        ·       ·     ·     ·       ·
moderator   hold-meeting       ·       ·        ·       ·     ·     ·       ·
moderator   enter-hands        ·       ·        ·       ·     ·     ·       ·
moderator   publish-needs      ·       ·        ·       ·     ·     ·       ·
moderator   keep-works         ·       ·        ·       ·     ·     ·       ·
moderator   announce           ·       ·        ·       ·     ·     ·       ·
moderator   bind-channel       ·       ·        ·       ·     ·     ·       ·
moderator   read-report        ·       ·        ·       ·     ·     ·       ·
moderator   enter-training     ·       ·        ·       ·     ·     ·       ·
moderator   read-signals       ·       ·        ·       ·     ·     ·       ·
moderator   review-village    ·       ·        ·       ·     ·     ·       ·
moderator   change-result      ·       ·        ·       ·     ·     ·       ·
official    grant-role         ·       ·        ·       ·     ·     ·       ·
official    add-witness        ·       ·        ·       ·     ·     ·       ·
official    create-cycle      yes      ·       yes      ·     ·     ·      yes
official    extend-cycle      yes      ·       yes      ·     ·     ·      yes
official    move-phase        yes      ·       yes      ·     ·     ·      yes
official    halt-cycle        yes      ·       yes      ·     ·     ·      yes
official    import-roll       yes      ·       yes      ·     ·     ·      yes
official    approve-roll      yes      ·       yes      ·     ·     ·      yes
official    hand-over-cards   yes      ·       yes      ·     ·     ·      yes
official    reissue-card      yes      ·       yes      ·     ·     ·      yes
official    set-aside         yes      ·       yes      ·     ·     ·      yes
official    accept-rollback   yes      ·       yes      ·     ·     ·      yes
official    check-person     yes      ·       yes      ·     ·     ·      yes
official    name-facilitator yes      ·       yes      ·     ·     ·      yes
official    assist            ·       ·        ·       ·     ·     ·       ·
official    mark-paper       yes      ·       yes      ·     ·     ·      yes
official    enter-papers     yes      ·       yes      ·     ·     ·      yes
official    explain-papers   yes      ·       yes      ·     ·     ·      yes
official    read-own-vote    yes      ·       yes      ·     ·     ·      yes
official    count-cycle       yes      ·       yes      ·     ·     ·      yes
official    publish-results   yes      ·       yes      ·     ·     ·      yes
official    moderate-idea     yes      ·       yes      ·     ·     ·      yes
official    cost-idea         yes      ·       yes      ·     ·     ·      yes
official    unmute-author     yes      ·       yes      ·     ·     ·      yes
official    bind-room          yes      ·       yes      ·     ·     ·      yes
official    answer-question   yes      ·       yes      ·     ·     ·      yes
official    hold-meeting      yes      ·       yes      ·     ·     ·      yes
official    enter-hands       yes      ·       yes      ·     ·     ·      yes
official    publish-needs     yes      ·       yes      ·     ·     ·      yes
official    keep-works        yes      ·       yes      ·     ·     ·      yes
official    announce          yes      ·       yes      ·     ·     ·      yes
official    bind-channel      yes      ·       yes      ·     ·     ·      yes
official    read-report       yes      ·       yes      ·     ·     ·      yes
official    enter-training    yes      ·       yes      ·     ·     ·      yes
official    read-signals       ·       ·        ·       ·     ·     ·       ·
official    review-village   yes      ·       yes      ·     ·     ·      yes
official    change-result     yes      ·       yes      ·     ·     ·      yes
auditor     grant-role         ·       ·        ·       ·     ·     ·       ·
auditor     add-witness        ·       ·        ·       ·     ·     ·       ·
auditor     create-cycle       ·       ·        ·       ·     ·     ·       ·
auditor     extend-cycle       ·       ·        ·       ·     ·     ·       ·
auditor     move-phase         ·       ·        ·       ·     ·     ·       ·
auditor     halt-cycle         ·       ·        ·       ·     ·     ·       ·
auditor     import-roll        ·       ·        ·       ·     ·     ·       ·
auditor     approve-roll       ·       ·        ·       ·     ·     ·       ·
auditor     hand-over-cards    ·       ·        ·       ·     ·     ·       ·
auditor     reissue-card       ·       ·        ·       ·     ·     ·       ·
auditor     set-aside          ·       ·        ·       ·     ·     ·       ·
auditor     accept-rollback    ·       ·        ·       ·     ·     ·       ·
auditor     check-person      ·       ·        ·       ·     ·     ·       ·
auditor     name-facilitator  ·       ·        ·       ·     ·     ·       ·
auditor     assist            ·       ·        ·       ·     ·     ·       ·
auditor     mark-paper        ·       ·        ·       ·     ·     ·       ·
auditor     enter-papers      ·       ·        ·       ·     ·     ·       ·
auditor     explain-papers    ·       ·        ·       ·     ·     ·       ·
auditor     read-own-vote     ·       ·        ·       ·     ·     ·       ·
auditor     count-cycle        ·       ·        ·       ·     ·     ·       ·
auditor     publish-results    ·       ·        ·       ·     ·     ·       ·
auditor     moderate-idea      ·       ·        ·       ·     ·     ·       ·
auditor     cost-idea          ·       ·        ·       ·     ·     ·       ·
auditor     unmute-author     ·       ·        ·       ·     ·     ·       ·
auditor     bind-room          ·       ·        ·       ·     ·     ·       ·
auditor     answer-question    ·       ·        ·       ·     ·     ·       ·
auditor     hold-meeting       ·       ·        ·       ·     ·     ·       ·
auditor     enter-hands        ·       ·        ·       ·     ·     ·       ·
auditor     publish-needs      ·       ·        ·       ·     ·     ·       ·
auditor     keep-works         ·       ·        ·       ·     ·     ·       ·
auditor     announce           ·       ·        ·       ·     ·     ·       ·
auditor     bind-channel       ·       ·        ·       ·     ·     ·       ·
auditor     read-report       yes      ·       yes      ·     ·     ·      yes
auditor     enter-training     ·       ·        ·       ·     ·     ·       ·
auditor     read-signals      yes      ·       yes      ·     ·     ·      yes
auditor     review-village   yes      ·       yes      ·     ·     ·      yes
auditor     change-result      ·       ·        ·       ·     ·     ·       ·
admin       grant-role        yes      ·       yes      ·     ·     ·      yes
admin       add-witness       yes      ·       yes      ·     ·     ·      yes
admin       create-cycle       ·       ·        ·       ·     ·     ·       ·
admin       extend-cycle       ·       ·        ·       ·     ·     ·       ·
admin       move-phase         ·       ·        ·       ·     ·     ·       ·
admin       halt-cycle         ·       ·        ·       ·     ·     ·       ·
admin       import-roll        ·       ·        ·       ·     ·     ·       ·
admin       approve-roll       ·       ·        ·       ·     ·     ·       ·
admin       hand-over-cards    ·       ·        ·       ·     ·     ·       ·
admin       reissue-card       ·       ·        ·       ·     ·     ·       ·
admin       set-aside          ·       ·        ·       ·     ·     ·       ·
admin       accept-rollback    ·       ·        ·       ·     ·     ·       ·
admin       check-person      ·       ·        ·       ·     ·     ·       ·
admin       name-facilitator  ·       ·        ·       ·     ·     ·       ·
admin       assist            ·       ·        ·       ·     ·     ·       ·
admin       mark-paper        ·       ·        ·       ·     ·     ·       ·
admin       enter-papers      ·       ·        ·       ·     ·     ·       ·
admin       explain-papers    ·       ·        ·       ·     ·     ·       ·
admin       read-own-vote     ·       ·        ·       ·     ·     ·       ·
admin       count-cycle        ·       ·        ·       ·     ·     ·       ·
admin       publish-results    ·       ·        ·       ·     ·     ·       ·
admin       moderate-idea      ·       ·        ·       ·     ·     ·       ·
admin       cost-idea          ·       ·        ·       ·     ·     ·       ·
admin       unmute-author     ·       ·        ·       ·     ·     ·       ·
admin       bind-room          yes      ·       yes      ·     ·     ·      yes
admin       answer-question    ·       ·        ·       ·     ·     ·       ·
admin       hold-meeting       ·       ·        ·       ·     ·     ·       ·
admin       enter-hands        ·       ·        ·       ·     ·     ·       ·
admin       publish-needs      ·       ·        ·       ·     ·     ·       ·
admin       keep-works         ·       ·        ·       ·     ·     ·       ·
admin       announce           ·       ·        ·       ·     ·     ·       ·
admin       bind-channel       ·       ·        ·       ·     ·     ·       ·
admin       read-report        ·       ·        ·       ·     ·     ·       ·
admin       enter-training     ·       ·        ·       ·     ·     ·       ·
admin       read-signals       ·       ·        ·       ·     ·     ·       ·
admin       review-village    ·       ·        ·       ·     ·     ·       ·
admin       change-result      ·       ·        ·       ·     ·     ·       ·
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
