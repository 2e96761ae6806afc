// Talking with the sandbox's control API: calls, the long poll of the open chat, and news of everybody else.

/** One call to `/control/…`; the JSON, or an Error with `status` (0: no connection). */
export async function call(method, path, body, signal) {
  const request = {
    method,
    signal,
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  }
  const response = await fetch(`/control/${path}`, request).catch(() => ({ status: 0 }))
  const answer = response.status === 0 ? {} : await response.json().catch(() => ({}))
  if (!response.ok) throw Object.assign(new Error(answer.error ?? ''), { status: response.status })
  return answer
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Follows the chat of a seat (`{ person, where }`) by long poll until `signal`: `onChat(chat)` at each change, `onLine(boolean)`, `onGone()` when nobody
 * has this id. After a lost connection the chat is read anew, for a new server may count its versions from 0.
 */
export async function followChat({ person, where }, { onChat, onLine, onGone }, signal) {
  let version
  let pause = 500
  while (!signal.aborted) {
    const query = new URLSearchParams({
      ...where,
      after: version ?? -1,
      timeout: version === undefined ? 0 : 25_000,
    })
    try {
      // A hidden page keeps no connection: a browser opens only six to one server.
      if (document.hidden) await wait(1000)
      else {
        const chat = await call('GET', `people/${person.id}/chat?${query}`, undefined, signal)
        if (signal.aborted) return
        onLine(true)
        if (chat.version !== version) onChat(chat)
        version = chat.version
        pause = 500
      }
    } catch (problem) {
      if (signal.aborted) return
      if (problem.status === 404 || problem.status === 403) return onGone()
      if (problem.status === undefined) throw problem
      onLine(false)
      version = undefined
      await wait(pause)
      pause = Math.min(pause * 2, 8000)
    }
  }
}

/** News of everybody while `wanted()`: server-sent events, or a look every 3 s where they fail. `onNews({})`: look at all. */
export function followEvents(wanted, onNews) {
  let source
  const look = () => {
    if (!wanted()) {
      source?.close()
      source = undefined
    } else if (!source || source.readyState === EventSource.CLOSED) {
      source = new EventSource('/control/events')
      source.onopen = () => onNews({})
      source.onmessage = ({ data }) => onNews(JSON.parse(data))
    } else if (source.readyState === EventSource.CONNECTING) onNews({})
  }
  setInterval(look, 3000)
  look()
  return look
}
