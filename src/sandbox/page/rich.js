// Message text as elements: the server's HTML is read in an inert document and rebuilt from an allow-list, tag by tag.
import { h } from './dom.js'

const allowed = { strong: 'b', em: 'i', ins: 'u', strike: 's', del: 's' }
for (const tag of ['b', 'i', 'u', 's', 'code', 'pre', 'br', 'p', 'blockquote']) allowed[tag] = tag

/** HTML as nodes. `actions`: `{ bot, spoiler, send(text) }`: a press on a command or on a link to the bot sends. */
export const richText = (html, actions) =>
  nodes(new DOMParser().parseFromString(html, 'text/html').body, actions, true)

function nodes(parent, actions, links) {
  return [...parent.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return links ? plainText(node.data, actions) : node.data
    return node.nodeType === Node.ELEMENT_NODE ? element(node, actions, links) : []
  })
}

function element(node, actions, links) {
  const tag = node.localName
  const inside = (more) => nodes(node, actions, links && more)
  if (Object.hasOwn(allowed, tag)) return h(allowed[tag], {}, inside(tag !== 'code' && tag !== 'pre'))
  if (tag === 'a') return link(node.getAttribute('href') ?? '', inside(false), actions)
  if (tag === 'tg-spoiler' || node.matches('span.tg-spoiler')) return spoiler(inside(true), actions)
  if (tag === 'script' || tag === 'style') return []
  return inside(true) // an unknown tag is dropped, its text stays
}

function spoiler(children, actions) {
  const inside = h('span', {}, children)
  return h(
    'button.spoiler',
    { 'aria-label': actions.spoiler, onclick: ({ currentTarget }) => currentTarget.replaceWith(inside) },
    inside,
  )
}

const sending = (text, children, actions) => h('button.link', { onclick: () => actions.send(text) }, children)

/** Whether an address may be opened: no script, no unknown scheme. */
export const opens = (href) => /^(https?|mailto|tel):/i.test(href)

/** A link to the bot itself works inside the sandbox, another address opens a new tab, an unknown scheme is no link. */
function link(href, children, actions) {
  const start = startText(href, actions.bot)
  if (start) return sending(start, children, actions)
  if (!opens(href)) return h('span', {}, children)
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, children)
}

/** What a link to this bot sends (`/start payload`); undefined for every other address. */
export function startText(href, bot) {
  if (!bot || !URL.canParse(href)) return undefined
  const { protocol, hostname, pathname, searchParams } = new URL(href)
  const name =
    protocol === 'tg:' ? searchParams.get('domain') : /^(t|telegram)\.me$/.test(hostname) && pathname.slice(1)
  if (!name || name.toLowerCase() !== bot.toLowerCase()) return undefined
  return `/start ${searchParams.get('start') ?? ''}`.trim()
}

// Addresses (with http, or t.me without it) and commands.
const pressable =
  /((?:https?:\/\/|(?<![\p{L}\p{N}_.@])t\.me\/)[^\s<>«»“”"]*[^\s<>«»“”".,:;!?)\]…])|(?<![\p{L}\p{N}/_])(\/[a-z][a-z0-9_]{0,31})(?![\p{L}\p{N}/_])/giu

/** Text without markup, its links and commands made pressable. */
export function plainText(text, actions) {
  const parts = []
  let from = 0
  for (const { 0: whole, 1: address, index } of text.matchAll(pressable)) {
    parts.push(text.slice(from, index))
    if (address) parts.push(link(/^http/i.test(address) ? address : `https://${address}`, address, actions))
    else parts.push(sending(whole, whole, actions))
    from = index + whole.length
  }
  return [...parts, text.slice(from)]
}
