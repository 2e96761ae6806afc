// The Bot API's front door: /bot<token>/<method> and /file/bot<token>/<path>.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Checked } from './answer.ts'
import { bad, refuse } from './answer.ts'
import { faultAnswer, takeFault } from './faults.ts'
import type { Form } from './http.ts'
import { decodePath, readBody, readForm, writeBody, writeJson } from './http.ts'
import { knownApi, notKnown } from './known-api.ts'
import type { Call, Method } from './methods/call.ts'
import { callbackMethods } from './methods/callbacks.ts'
import { chatInfoMethods } from './methods/chat-info.ts'
import { commandMethods } from './methods/commands.ts'
import { editMethods } from './methods/edits.ts'
import { inlineMethods } from './methods/inline.ts'
import { mediaMethods } from './methods/media.ts'
import { memberMethods } from './methods/members.ts'
import { messageMethods } from './methods/messages.ts'
import { miscMethods } from './methods/misc.ts'
import { topicMethods } from './methods/topics.ts'
import type { Params, Upload } from './params.ts'
import { text } from './params.ts'
import type { Polling, RawJson } from './polling.ts'
import type { CallRecord, World } from './state.ts'
import type { Webhook } from './webhook.ts'

const maxBody = 50 << 20
const keptCalls = 1000
// Polls are counted, but would push everything else out of the list.
const unlisted = 'getupdates'

const isRaw = (value: unknown): value is RawJson =>
  typeof value === 'object' && value !== null && 'rawJson' in value

function record(
  w: World,
  method: string,
  params: Params,
  uploads: Map<string, Upload>,
  fault?: string,
): CallRecord {
  const { calls } = w
  const shown =
    uploads.size === 0
      ? params
      : {
          ...params,
          ...Object.fromEntries([...uploads].map(([n, u]) => [n, `<file ${u.data.length} bytes>`])),
        }
  const entry: CallRecord = {
    n: calls.total + 1,
    at: w.clock.now(),
    method,
    params: shown,
    ok: true,
    ...(fault ? { fault } : {}),
  }
  calls.byMethod[method] = (calls.byMethod[method] ?? 0) + 1
  if (method.toLowerCase() === unlisted) return entry
  calls.total++
  if (calls.recent.length < keptCalls) calls.recent.push(entry)
  else calls.recent[(calls.total - 1) % keptCalls] = entry
  return entry
}

/** Makes the handler of Bot API requests. */
export function botApi(w: World, polling: Polling, webhook: Webhook) {
  const methods = new Map<string, Method>(
    Object.entries({
      ...messageMethods,
      ...editMethods,
      ...callbackMethods,
      ...mediaMethods,
      ...inlineMethods,
      ...commandMethods,
      ...miscMethods,
      ...memberMethods,
      ...chatInfoMethods,
      ...topicMethods,
      ...webhook.methods,
      getupdates: (call) => polling.getUpdates(call),
    }),
  )
  const prefix = `/bot${w.token}/`
  const api = knownApi()

  /** Runs a method unless Telegram, or this sandbox, has no such method or parameter; `entry` tells what became of it. */
  async function run(entry: CallRecord, call: Call): Promise<Checked<unknown>> {
    const method = methods.get(entry.method.toLowerCase())
    const unknown = method ? api.unknown(entry.method, call.params) : []
    if (unknown.length > 0) {
      entry.unknown = unknown
      for (const name of unknown) {
        const key = `${entry.method}.${name}`
        w.calls.unknown[key] = (w.calls.unknown[key] ?? 0) + 1
      }
    }
    if (!method) return api.missing(entry.method)
    if (unknown.length > 0 && w.rules.unknown_parameters === 'refuse') return notKnown(entry.method, unknown)
    const tooFast = w.pace.refusal(entry.method, call.params, w.clock.now())
    if (tooFast) return tooFast
    const checked = await method(call)
    w.pace.note(entry.method, call.params, checked, w.clock.now())
    return checked
  }
  function note(entry: CallRecord, checked: Checked<unknown>): void {
    entry.ok = checked.ok
    if (checked.ok) return
    entry.error_code = checked.error_code
    entry.description = checked.description
  }

  function answer(response: ServerResponse, checked: Checked<unknown>): void {
    const size = !checked.ok
      ? writeJson(response, checked.error_code, checked)
      : isRaw(checked.value)
        ? writeBody(response, 200, 'application/json', `{"ok":true,"result":${checked.value.rawJson}}`)
        : writeJson(response, 200, { ok: true, result: checked.value })
    w.calls.bytesOut += size
  }

  async function call(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const body = await readBody(request, maxBody)
    const path = decodePath(url.pathname)
    if (!path.startsWith(prefix)) return answer(response, refuse(401, 'Unauthorized'))
    const spelled = path.slice(prefix.length)
    if (!body) return answer(response, refuse(413, 'Request Entity Too Large'))
    w.calls.bytesIn += body.length
    const form = readForm(url.searchParams, request.headers['content-type'] ?? '', body)
    if (!form) return answer(response, bad("can't parse request body"))
    const { params, uploads } = form
    const { fault, ignored } = takeFault(w.faults, spelled.toLowerCase(), params, w.clock.now()) ?? {}
    if (ignored) w.pace.ignored()
    const entry = record(w, spelled, params, uploads, fault?.kind)
    if (fault?.kind === 'drop-request') return void request.socket.destroy()
    if (fault?.kind === '502') {
      const page = '<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>'
      return void writeBody(response, 502, 'text/html', page)
    }
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms))
    const onClose = (listener: () => void) => void response.on('close', listener)
    const injected = fault && faultAnswer(fault)
    const checked = injected ?? (await run(entry, { world: w, params, uploads, onClose }))
    note(entry, checked)
    if (fault?.kind === 'drop-reply') return void request.socket.destroy()
    answer(response, checked)
  }

  /** Plays the method that the answer to a webhook names, as Telegram does: no answer, and nothing that only asks. */
  async function playAnswer({ params: { method, ...params }, uploads }: Form): Promise<void> {
    const spelled = text({ method }, 'method') ?? ''
    if (spelled === '') return
    const entry = record(w, spelled, params, uploads)
    entry.webhook_answer = true
    const unplayed = /^(?:(?:set|delete)webhook$|close$|logout$|get)/i.test(spelled)
    const checked = unplayed
      ? refuse(400, 'Telegram does not play this method from the answer to a webhook')
      : await run(entry, { world: w, params, uploads, onClose: () => {} })
    note(entry, checked)
  }

  /** Serves a file by the path getFile gave; needs the token, as on Telegram. */
  function file(response: ServerResponse, url: URL): void {
    const prefix = `/file/bot${w.token}/`
    const path = decodePath(url.pathname)
    if (!path.startsWith(prefix)) return answer(response, refuse(401, 'Unauthorized'))
    const found = w.files.byPath.get(path.slice(prefix.length))
    if (!found) return answer(response, refuse(404, 'Not Found'))
    w.calls.bytesOut += writeBody(response, 200, found.mime, found.data)
  }

  return { call, file, playAnswer }
}

/** The kept calls later than `after`, oldest first. */
export function callsAfter(w: World, after: number): CallRecord[] {
  const { recent, total } = w.calls
  const start = total > keptCalls ? total % keptCalls : 0
  const ordered = [...recent.slice(start), ...recent.slice(0, start)]
  return ordered.filter((entry) => entry.n > after)
}
