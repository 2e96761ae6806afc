// Who holds which role where and until when, and what a role may do. What is not said here, nobody may do.

export const ROLES = ['facilitator', 'moderator', 'official', 'auditor', 'admin'] as const
export type Role = (typeof ROLES)[number]

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text)

export interface Grant {
  role: Role
  /** Held there and in all that lies in it. Absent: everywhere. */
  territory?: number
  /** UTC ISO: from this moment on it gives nothing. Absent: until it is taken away. */
  until?: string
}

/** The acts of staff and the roles that may do them: one line an act. */
const MAY = {
  'grant-role': ['admin'],
  'add-witness': ['admin'],
  'create-cycle': ['official'],
  'extend-cycle': ['official'],
  'move-phase': ['official'],
  'halt-cycle': ['official'],
  'import-roll': ['official'],
  'approve-roll': ['official'],
  'hand-over-cards': ['official'],
  'reissue-card': ['official'],
  'set-aside': ['official'],
  'accept-rollback': ['official'],
  'check-person': ['facilitator', 'official'],
  'name-facilitator': ['official'],
  assist: ['facilitator'],
  'mark-paper': ['facilitator', 'official'],
  'enter-papers': ['facilitator', 'official'],
  'explain-papers': ['official'],
  'read-own-vote': ['official'],
  'count-cycle': ['official'],
  'publish-results': ['official'],
  'moderate-idea': ['moderator', 'official'],
  'cost-idea': ['moderator', 'official'],
  'unmute-author': ['official'],
  'bind-room': ['official', 'admin'],
  'answer-question': ['official'],
  'hold-meeting': ['official'],
  'enter-hands': ['facilitator', 'official'],
  'publish-needs': ['official'],
  'keep-works': ['official'],
  announce: ['official'],
  'bind-channel': ['official'],
  'read-report': ['official', 'auditor'],
  'enter-training': ['official'],
  'read-signals': ['auditor'],
  'review-village': ['auditor', 'official'],
  'change-result': ['official'],
} as const satisfies { [act: string]: readonly Role[] }

export type Act = keyof typeof MAY
export const ACTS = Object.keys(MAY) as Act[]

/** `line`: a territory and all that it lies in; an empty one is the whole installation, which only a role held everywhere reaches. */
export const holds = (grants: readonly Grant[], role: Role, line: readonly number[], now: string): boolean =>
  grants.some(
    (grant) =>
      grant.role === role &&
      (grant.territory === undefined || line.includes(grant.territory)) &&
      (grant.until === undefined || Date.parse(now) < Date.parse(grant.until)),
  )

/** May whoever holds these grants do the act in every one of these territories? None at all: in the whole installation. */
export const mayDo = (
  grants: readonly Grant[],
  act: Act,
  lines: readonly (readonly number[])[],
  now: string,
): boolean =>
  (lines.length === 0 ? [[]] : lines).every((line) => MAY[act].some((role) => holds(grants, role, line, now)))
