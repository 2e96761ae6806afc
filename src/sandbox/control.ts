// The control API: everything under /control/, for the page, the tests and the replay.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { callsAfter } from './bot-api.ts'
import { peopleControl, personView } from './control-people.ts'
import { groupsOf, roomControl, roomView } from './control-rooms.ts'
import { faultKinds, readFault } from './faults.ts'
import { readBody, writeBody, writeJson } from './http.ts'
import { botText } from './methods/commands.ts'
import { fileById } from './methods/media.ts'
import { setLimits } from './pace.ts'
import type { Params } from './params.ts'
import { decimal, flag, int, isObject, text } from './params.ts'
import type { World } from './state.ts'
import type { Told } from './told.ts'
import { cannot, told } from './told.ts'
import { emit } from './updates.ts'
import type { Webhook } from './webhook.ts'

const maxBody = 1 << 20
// Files come as base64: 15 MB of file, and a little around it.
const maxFileBody = 21 << 20

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])
const nameOf = (host: string): string =>
  URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''

/** Whether the request comes from our own page or a tool on this machine: no other site's page, no rebound name. */
export function isOwn(request: IncomingMessage, boundToLoopback: boolean): boolean {
  const host = request.headers.host ?? ''
  if (boundToLoopback && !loopback.has(nameOf(host))) return false
  const { origin } = request.headers
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) return false
  return request.headers['sec-fetch-site'] !== 'cross-site'
}

function stats(w: World, webhook: Webhook): Record<string, unknown> {
  const { updates, calls } = w
  return {
    updates_created: updates.created,
    updates_delivered: updates.delivered,
    updates_acknowledged: updates.acknowledged,
    updates_expired: updates.expired,
    pending: updates.pending.size,
    calls: calls.byMethod,
    unknown_parameters: calls.unknown,
    bytes_in: calls.bytesIn,
    bytes_out: calls.bytesOut,
    ...(webhook.active() ? { webhook: webhook.info() } : {}),
  }
}

function state(w: World): Record<string, unknown> {
  const { id, username, first_name } = w.bot
  const description = botText(w, 'description', '')
  return {
    sandbox: true,
    bot: { id, username, first_name, ...(description ? { description } : {}) },
    people: [...w.people.values()].map(personView),
    rooms: groupsOf(w).map((room) => roomView(w, room)),
  }
}

function deliver(w: World, p: Params, release: () => void): Told<unknown> {
  const { delivery } = w
  if (p.duplicate !== undefined) delivery.duplicate = Math.min(20, Math.max(0, int(p, 'duplicate') ?? 0))
  for (const name of ['parallel', 'reorder', 'hold'] as const)
    if (p[name] !== undefined) delivery[name] = flag(p, name)
  release()
  return told({ ...delivery })
}

function raw(w: World, p: Params): Told<unknown> {
  const kind = Object.keys(p).find((name) => name !== 'update_id')
  const payload = kind === undefined ? undefined : p[kind]
  if (kind === undefined || !isObject(payload))
    return cannot(400, 'an update holds one object, such as message')
  const owner = [payload.from, payload.chat].find((one) => isObject(one) && int(one, 'id') !== undefined)
  const update_id = emit(w, kind, payload, isObject(owner) ? (int(owner, 'id') ?? 0) : 0)
  return update_id === undefined
    ? cannot(409, 'the bot does not ask for updates of this kind')
    : told({ update_id })
}

function events(w: World, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(': sandbox\n\n')
  const listener = (event: unknown) => void response.write(`data: ${JSON.stringify(event)}\n\n`)
  const beat = setInterval(() => response.write(': still here\n\n'), 20_000)
  w.listeners.add(listener)
  response.on('close', () => {
    clearInterval(beat)
    w.listeners.delete(listener)
  })
}

// Sniffing is off and nothing but pictures and sound opens in the page.
function file(w: World, response: ServerResponse, id: string): void {
  const found = fileById(w, id)
  if (!found) return void writeJson(response, 404, { error: 'no such file' })
  const shown = /^(image|audio)\//.test(found.mime) && !found.mime.includes('svg')
  writeBody(response, 200, shown ? found.mime : 'application/octet-stream', found.data, {
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=3600',
    ...(shown ? {} : { 'content-disposition': 'attachment' }),
  })
}

async function paramsOf(request: IncomingMessage, url: URL): Promise<Told<Params>> {
  const sends = /\/(send)$/.test(url.pathname)
  const body = await readBody(request, sends ? maxFileBody : maxBody)
  if (!body) return cannot(413, 'the body is too long')
  const query: Params = Object.fromEntries(url.searchParams)
  if (body.length === 0) return told(query)
  try {
    const value = JSON.parse(body.toString('utf8')) as unknown
    return isObject(value) ? told({ ...query, ...value }) : cannot(400, 'the body is not a JSON object')
  } catch {
    return cannot(400, 'the body is not JSON')
  }
}

/** Makes the handler of /control/…; `release` is called when delivery options change. */
export function controlApi(w: World, webhook: Webhook, boundToLoopback: boolean, release: () => void) {
  const people = peopleControl(w)
  const rooms = roomControl(w)

  function plain(route: string, p: Params): Told<unknown> {
    switch (route) {
      case 'GET state':
        return told(state(w))
      case 'GET stats':
        return told(stats(w, webhook))
      case 'GET calls':
        return told(callsAfter(w, int(p, 'after') ?? 0))
      case 'GET faults':
        return told(w.faults)
      case 'POST faults': {
        const fault = readFault(p)
        if (!fault)
          return cannot(
            400,
            `kind is one of ${faultKinds.join(', ')}; an error has error_code and description`,
          )
        w.faults.push(fault)
        return told(fault)
      }
      case 'DELETE faults':
        w.faults.length = 0
        return told({})
      case 'GET delivery':
        return told({ ...w.delivery })
      case 'PUT delivery':
        return deliver(w, p, release)
      case 'GET meter':
        return told(w.pace.report(p))
      case 'DELETE meter':
        w.pace.reset()
        return told({})
      case 'GET limits':
        return told({ ...w.pace.limits })
      case 'PUT limits':
        return told({ ...setLimits(w.pace.limits, p) })
      case 'GET rules':
        return told({ ...w.rules })
      case 'PUT rules': {
        const unknown = text(p, 'unknown_parameters')
        if (unknown !== 'refuse' && unknown !== 'ignore')
          return cannot(400, 'unknown_parameters is refuse or ignore')
        w.rules.unknown_parameters = unknown
        return told({ ...w.rules })
      }
      case 'POST clock':
        w.clock.advance(decimal(p, 'advance_ms') ?? 0)
        release()
        return told({ now: new Date(w.clock.now()).toISOString() })
      case 'POST updates':
        return raw(w, p)
      case 'PUT bot':
        if (p.privacy !== undefined) w.privacy = flag(p, 'privacy')
        w.saved()
        return told({ privacy: w.privacy })
    }
    return cannot(404, `no such part of the control API${text(p, 'route') ?? ''}`)
  }

  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    if (!isOwn(request, boundToLoopback))
      return void writeJson(response, 403, { error: 'foreign host or origin' })
    const [part = '', ...rest] = url.pathname.split('/').slice(2).map(decodeURIComponent)
    const method = request.method ?? 'GET'
    if (method === 'GET' && part === 'events') return events(w, response)
    if (method === 'GET' && part === 'files') return file(w, response, rest[0] ?? '')
    const params = await paramsOf(request, url)
    const answer = !params.ok
      ? params
      : part === 'people'
        ? await people(method, rest, params.value, response)
        : part === 'rooms'
          ? rooms(method, rest, params.value)
          : plain(`${method} ${part}`, params.value)
    if (answer.ok) writeJson(response, 200, answer.value)
    else writeJson(response, answer.status, { error: answer.error })
  }
}
