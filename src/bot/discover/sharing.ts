// Sharing: an inline query names a project, or words to search the person's own village for.
import { Composer, type Context } from 'grammy'
import type { InlineQueryResultArticle } from 'grammy/types'
import { PROFILES } from '../../core/cycle.ts'
import type { T } from '../../i18n.ts'
import { listProjects } from '../../use-cases/list-projects.ts'
import { type FoundProject, readProject } from '../../use-cases/read-project.ts'
import { at } from '../at.ts'
import { type BotParts, type FeatureParts, linked, startLink } from '../parts.ts'
import { readPayload } from '../payload.ts'
import { projectLink, projectPayload } from '../../words/links.ts'
import type { Talk } from '../talk.ts'
import { shareText } from './view.ts'

const MAX_WORDS = 100
const MOST = 20

const payloadOf = ({ place, project }: FoundProject): string =>
  projectPayload({ ...at(place), number: project.number })

/** The link to hand a project on by. */
export const linkOf = (parts: BotParts, { place, project }: FoundProject): string =>
  projectLink(linked(parts), place, project.number)

export function sharing(parts: FeatureParts): Composer<Context> {
  const { app, talkOf } = parts
  const composer = new Composer<Context>()
  composer.on('inline_query', async (ctx) => {
    const talk = talkOf(ctx)
    const found = await foundBy(talk, ctx.inlineQuery.query)
    talk.speak.offer(found.map((one) => article(talk.t, one)))
  })
  return composer

  /** A practice is not found by words: only who is in it can hand on what stands there. */
  async function foundBy({ who }: Talk, query: string): Promise<FoundProject[]> {
    const target = readPayload(query.trim())
    if (target?.kind === 'project') {
      const one = await readProject(app, target.cycle, target.territory, target.number)
      return one ? [one] : []
    }
    if (!who.home) return []
    const { cycle, territory } = who.home
    const list = await listProjects(app, who.id, cycle, territory, { words: query.slice(0, MAX_WORDS) })
    if (!list || PROFILES[list.place.cycle.profile].rehearsal) return []
    return list.projects.slice(0, MOST).map((project) => ({ place: list.place, project }))
  }

  function article(t: T, found: FoundProject): InlineQueryResultArticle {
    const { place, project } = found
    const link = linkOf(parts, found)
    return {
      type: 'article',
      id: payloadOf(found),
      title: t.of(project.title),
      description: t.money(project.cost, place.cycle.currency),
      input_message_content: {
        message_text: shareText(t, place, project, link),
        link_preview_options: { is_disabled: true },
      },
      reply_markup: {
        inline_keyboard: [[{ text: t('discover.open.button'), url: startLink(parts, payloadOf(found)) }]],
      },
    }
  }
}
