// Text and entities back to HTML that is safe to put into a page.
import type { Entity } from './entities.ts'

/** Escapes text for HTML, in content and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const link = (url: string): [string, string] => {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `http://${url}`
  if (!/^(https?|tg|mailto|tel):/i.test(full)) return ['<span>', '</span>']
  return [`<a href="${escapeHtml(full)}" target="_blank" rel="noopener noreferrer nofollow">`, '</a>']
}

function tagsOf(entity: Entity, words: string): [string, string] {
  const named: Record<string, [string, string]> = {
    bold: ['<b>', '</b>'],
    italic: ['<i>', '</i>'],
    underline: ['<u>', '</u>'],
    strikethrough: ['<s>', '</s>'],
    spoiler: ['<span class="tg-spoiler">', '</span>'],
    code: ['<code>', '</code>'],
    blockquote: ['<blockquote>', '</blockquote>'],
    expandable_blockquote: ['<blockquote class="expandable">', '</blockquote>'],
    bot_command: ['<span class="tg-command">', '</span>'],
    mention: ['<span class="tg-mention">', '</span>'],
    hashtag: ['<span class="tg-hashtag">', '</span>'],
  }
  const plain = named[entity.type]
  if (plain) return plain
  if (entity.type === 'pre') {
    return entity.language
      ? [`<pre><code class="language-${escapeHtml(entity.language)}">`, '</code></pre>']
      : ['<pre>', '</pre>']
  }
  if (entity.type === 'text_link') return link(entity.url ?? '')
  if (entity.type === 'url') return link(words)
  if (entity.type === 'email') return link(`mailto:${words}`)
  return ['<span>', '</span>']
}

/** Renders `text`; entities that cross one another are closed and opened again, so the result is always well-formed. */
export function toSafeHtml(text: string, entities: readonly Entity[] = []): string {
  if (entities.length === 0) return escapeHtml(text)
  const edges = new Set([0, text.length])
  for (const e of entities) {
    edges.add(Math.max(0, e.offset))
    edges.add(Math.min(text.length, e.offset + e.length))
  }
  const places = [...edges].sort((a, b) => a - b)
  const open: Entity[] = []
  const wordsOf = (e: Entity) => text.slice(e.offset, e.offset + e.length)
  let html = ''
  places.forEach((place, index) => {
    const first = open.findIndex((e) => e.offset + e.length <= place)
    if (first >= 0) {
      const reopened = open.splice(first)
      for (const e of [...reopened].reverse()) html += tagsOf(e, wordsOf(e))[1]
      for (const e of reopened.filter((one) => one.offset + one.length > place)) {
        open.push(e)
        html += tagsOf(e, wordsOf(e))[0]
      }
    }
    const next = places[index + 1]
    if (next === undefined) return
    for (const e of entities.filter((one) => one.offset === place && one.length > 0)) {
      open.push(e)
      html += tagsOf(e, wordsOf(e))[0]
    }
    html += escapeHtml(text.slice(place, next))
  })
  return html
}
