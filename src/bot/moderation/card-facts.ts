// What a card of an idea is drawn from, in a private chat and in a group alike.
import { readTopNeeds } from '../../use-cases/answer-needs.ts'
import type { App } from '../../use-cases/app.ts'
import type { Idea } from '../../use-cases/decide-idea.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { mergeableWith, MOST_SIMILAR, similarProjects } from '../../use-cases/similar-ideas.ts'
import type { Card } from './view.ts'

/** `now`: UTC ISO; by it somebody has the idea in hand or not any more. */
export async function cardFacts(app: App, idea: Idea, now: string): Promise<Card> {
  const [similar, projects, top, place] = await Promise.all([
    mergeableWith(app, idea),
    similarProjects(app, idea),
    readTopNeeds(app, idea),
    readPlace(app, idea.cycle, idea.territory),
  ])
  // Together as many as an author is shown of either: a card holds only so much.
  const few = projects.slice(0, MOST_SIMILAR - similar.length)
  return { idea, similar, projects: few, pots: place?.pots ?? [], top, now }
}
