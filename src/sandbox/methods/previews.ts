// What a message says of the preview of its link.
import type { Checked } from '../answer.ts'
import { bad, done } from '../answer.ts'
import type { Formatted } from '../entities.ts'
import { checkedLink } from '../links.ts'
import type { Params } from '../params.ts'
import { flag, isObject, json } from '../params.ts'

/**
 * The field of a message with this text. Every page is taken to have a preview, so the first link stands in it unless
 * another is asked for or previews are switched off.
 */
export function previewField({ text, entities }: Formatted, p: Params): Checked<Record<string, unknown>> {
  const given = json(p, 'link_preview_options')
  if (given === null) return bad("can't parse link preview options JSON object")
  if (given !== undefined && !isObject(given)) return bad('object expected as link preview options')
  const options = given ?? (flag(p, 'disable_web_page_preview') ? { is_disabled: true } : undefined)
  if (options && flag(options, 'is_disabled')) return done({ link_preview_options: { is_disabled: true } })
  const link = entities.find(({ type }) => type === 'url' || type === 'text_link')
  const words = link && (link.url ?? text.slice(link.offset, link.offset + link.length))
  const url = words === undefined ? undefined : checkedLink(words)
  return done(options || url ? { link_preview_options: { ...(url ? { url } : {}), ...options } } : {})
}
