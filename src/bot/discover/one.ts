// Easy mode: the list with one project a message, whole, each button in a row of its own and named in words.
import type { T } from '../../i18n.ts'
import type { ListedProjects } from '../../use-cases/list-projects.ts'
import { trialLines } from '../../words/trial.ts'
import { at } from '../at.ts'
import { cardButton, listButton, toMenu } from '../buttons.ts'
import { press, type Screen } from '../message.ts'
import { oneAtATime, pageOf } from '../pager.ts'
import { filterLine, foundButton, listScreen, projectLines, searchButton, voteOf } from './view.ts'

/** Project `page` (from 0) of the list; `category` and `words` as in `listScreen`, which also says that there is none. */
export function oneScreen(t: T, list: ListedProjects, page: number, category: number, words = ''): Screen {
  const { place, projects } = list
  const here = at(place)
  const { at: n, pages, shown } = pageOf(projects, page, 1)
  const [project] = shown
  if (!project) return listScreen(t, list, page, category, words)
  const pack = (to: number) =>
    words ? foundButton.pack({ ...here, page: to, words }) : listButton.pack({ ...here, page: to, category })
  const more = cardButton.pack({ ...here, number: project.number, page: n, category, words })
  const filter = list.filters[category - 1]
  return {
    text: [
      ...trialLines(t, place),
      ...(words ? [t.html('discover.found', { words })] : []),
      ...(filter ? [filterLine(t, filter)] : []),
      t.html('discover.one', { n: n + 1, total: projects.length }),
      '',
      ...projectLines(t, place, project),
    ].join('\n'),
    buttons: [
      ...oneAtATime(t, n, pages, pack),
      [press(t('discover.more.button'), more)],
      [press(t('discover.search.button'), searchButton.pack(here))],
      ...voteOf(t, place).map((button) => [button]),
      [toMenu(t)],
    ],
  }
}
