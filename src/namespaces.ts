// The files of texts there are in each folder of locales/: a new one is named here.

/** English has every key; the others are held against it by a test. */
export interface Namespaces {
  common: typeof import('../locales/en/common.json')
  cli: typeof import('../locales/en/cli.json')
  start: typeof import('../locales/en/start.json')
  discover: typeof import('../locales/en/discover.json')
  verify: typeof import('../locales/en/verify.json')
  vote: typeof import('../locales/en/vote.json')
  receipt: typeof import('../locales/en/receipt.json')
  results: typeof import('../locales/en/results.json')
  documents: typeof import('../locales/en/documents.json')
  notices: typeof import('../locales/en/notices.json')
  follow: typeof import('../locales/en/follow.json')
  moderation: typeof import('../locales/en/moderation.json')
  ideas: typeof import('../locales/en/ideas.json')
  consult: typeof import('../locales/en/consult.json')
  person: typeof import('../locales/en/person.json')
  paper: typeof import('../locales/en/paper.json')
  questions: typeof import('../locales/en/questions.json')
  pages: typeof import('../locales/en/pages.json')
  works: typeof import('../locales/en/works.json')
  manage: typeof import('../locales/en/manage.json')
  roles: typeof import('../locales/en/roles.json')
  announce: typeof import('../locales/en/announce.json')
  cycle: typeof import('../locales/en/cycle.json')
  second: typeof import('../locales/en/second.json')
}
