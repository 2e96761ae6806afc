// Faults on demand: the next calls that match are refused, slowed or cut off.
import type { Refusal } from './answer.ts'
import { refuse, tooMany } from './answer.ts'
import type { Params } from './params.ts'
import { decimal, flag, int, isObject, text } from './params.ts'

export const faultKinds = [
  '429',
  '403',
  '500',
  '502',
  'error',
  'drop-reply',
  'drop-request',
  'delay',
] as const
export type FaultKind = (typeof faultKinds)[number]
export interface Fault {
  kind: FaultKind
  /** Lower case; undefined matches every method. */
  method?: string
  chat_id?: string
  /** Seconds, of a 429. */
  retry_after: number
  ms: number
  /** Calls left; 0 stays until cleared. */
  times: number
  /** Matching calls that pass before the first is met. */
  skip: number
  /** A 429 that refuses all matching calls until its time is over. */
  stays: boolean
  /** Clock milliseconds until which it holds, once met. */
  until?: number
  /** In place of the kind's own. */
  error_code?: number
  description?: string
  parameters?: Params
}

/** Reads a fault of the control API; undefined when its kind is not known, or an `error` has no code and description. */
export function readFault(p: Params): Fault | undefined {
  const kind = faultKinds.find((known) => known === text(p, 'kind'))
  const method = text(p, 'method')?.toLowerCase()
  const chat = text(p, 'chat_id')
  const error_code = int(p, 'error_code')
  const description = text(p, 'description')
  if (!kind || (kind === 'error' && !(error_code && description))) return undefined
  return {
    kind,
    ...(method ? { method } : {}),
    ...(chat ? { chat_id: chat } : {}),
    retry_after: int(p, 'retry_after') ?? 1,
    ms: decimal(p, 'ms') ?? 1000,
    times: int(p, 'times') ?? 1,
    skip: int(p, 'skip') ?? 0,
    stays: flag(p, 'stays'),
    ...(error_code ? { error_code } : {}),
    ...(description ? { description } : {}),
    ...(isObject(p.parameters) ? { parameters: p.parameters } : {}),
  }
}

/** The first fault that meets this call, counted down; a spent fault leaves the list. `ignored`: the call came while a 429 held. */
export function takeFault(
  faults: Fault[],
  method: string,
  params: Params,
  now: number,
): { fault: Fault; ignored: boolean } | undefined {
  const chat = text(params, 'chat_id')
  for (const fault of faults.slice()) {
    if (fault.method !== undefined && fault.method !== method) continue
    if (fault.chat_id !== undefined && fault.chat_id !== chat) continue
    if (fault.until !== undefined) {
      const left = Math.ceil((fault.until - now) / 1000)
      if (left > 0) return { fault: { ...fault, retry_after: left }, ignored: true }
      faults.splice(faults.indexOf(fault), 1)
    } else if (fault.skip > 0) fault.skip--
    else {
      if (fault.stays) fault.until = now + fault.retry_after * 1000
      else if (fault.times > 0 && --fault.times === 0) faults.splice(faults.indexOf(fault), 1)
      return { fault, ignored: false }
    }
  }
  return undefined
}

function ownAnswer(fault: Fault): Refusal | undefined {
  switch (fault.kind) {
    case '429':
      return tooMany(fault.retry_after)
    case '403':
      return refuse(403, 'Forbidden: bot was blocked by the user')
    case '500':
      return refuse(500, 'Internal Server Error')
    case 'error':
      return refuse(fault.error_code ?? 400, fault.description ?? '')
    case '502':
    case 'drop-reply':
    case 'drop-request':
    case 'delay':
      return undefined
  }
}

/** What the bot is answered instead; undefined when the fault lies elsewhere. */
export function faultAnswer(fault: Fault): Refusal | undefined {
  const answer = ownAnswer(fault)
  return (
    answer && {
      ...answer,
      ...(fault.error_code ? { error_code: fault.error_code } : {}),
      ...(fault.description ? { description: fault.description } : {}),
      ...(fault.parameters ? { parameters: fault.parameters } : {}),
    }
  )
}
