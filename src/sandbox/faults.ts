// Faults on demand: the next calls that match are refused, slowed or cut off.
import type { Params } from './params.ts'
import { decimal, int, text } from './params.ts'

export const faultKinds = ['429', '403', '500', '502', 'drop-reply', 'drop-request', 'delay'] as const
export type FaultKind = (typeof faultKinds)[number]
export interface Fault {
  kind: FaultKind
  /** Lower case; undefined matches every method. */
  method?: string
  chat_id?: string
  retry_after: number
  ms: number
  /** Calls left; 0 stays until cleared. */
  times: number
}

/** Reads a fault of the control API; undefined when its kind is not known. */
export function readFault(p: Params): Fault | undefined {
  const kind = faultKinds.find((known) => known === text(p, 'kind'))
  if (!kind) return undefined
  const method = text(p, 'method')?.toLowerCase()
  const chat = text(p, 'chat_id')
  return {
    kind,
    ...(method ? { method } : {}),
    ...(chat ? { chat_id: chat } : {}),
    retry_after: int(p, 'retry_after') ?? 1,
    ms: decimal(p, 'ms') ?? 1000,
    times: int(p, 'times') ?? 1,
  }
}

/** The first fault that matches this call, counted down; a spent fault leaves the list. */
export function takeFault(faults: Fault[], method: string, params: Params): Fault | undefined {
  if (faults.length === 0) return undefined
  const chat = text(params, 'chat_id')
  const at = faults.findIndex(
    (fault) =>
      (fault.method === undefined || fault.method === method) &&
      (fault.chat_id === undefined || fault.chat_id === chat),
  )
  const fault = faults[at]
  if (!fault) return undefined
  if (fault.times > 0 && --fault.times === 0) faults.splice(at, 1)
  return fault
}
