// The invented ideas of the demo: whose language, what they say, and what was decided about each before anybody looks.
import type { Decision } from '../core/idea.ts'
import type { Localised } from '../core/localised.ts'
import type { Written } from './write-idea.ts'

export const IDEAS_DEMO_TITLE: Localised = {
  kk: 'Үлгі: ауыл идеялары',
  ru: 'Пример: идеи села',
  en: 'Demo: ideas of a village',
}

/** Baikoshkar, a neighbour of the villages that vote in the other demo. */
export const IDEAS_DEMO_PLACE = '103649100'
export const IDEAS_DEMO_CEILING = 5_000_000

export interface DemoIdea {
  locale: 'kk' | 'ru'
  words: Written
  decisions: readonly Decision[]
}

export const DEMO_IDEAS: readonly DemoIdea[] = [
  {
    locale: 'kk',
    words: {
      category: 'street_lighting',
      title: 'Мектеп көшесіне шам',
      body: 'Қыста балалар мектепке қараңғыда барады. Көшеде бірде-бір шам жоқ.',
      landmark: 'мектептің жаны',
    },
    decisions: [],
  },
  {
    locale: 'ru',
    words: {
      category: 'inclusion',
      title: 'Скамейки у медпункта',
      body: 'Пожилые люди ждут врача стоя. Нужны две скамейки со спинкой и навес.',
      landmark: 'вход в медпункт',
    },
    decisions: [],
  },
  {
    locale: 'kk',
    words: {
      category: 'water',
      title: 'Су колонкасын жөндеу',
      body: 'Шеткі көшедегі колонка қыста қатып қалады, су әкелу қиын.',
      landmark: 'ауылдың шеткі көшесі',
    },
    decisions: [{ kind: 'return', question: 'Колонка қай үйдің жанында тұр?' }],
  },
  {
    locale: 'ru',
    words: {
      category: 'sports',
      title: 'Турники на школьном дворе',
      body: 'Подростки после уроков собираются у школы. Поставим турники и брусья.',
      landmark: 'двор школы',
    },
    decisions: [{ kind: 'approve' }],
  },
  {
    locale: 'kk',
    words: {
      category: 'greening',
      title: 'Клуб жанына ағаш отырғызу',
      body: 'Клуб жанында көлеңке жоқ. Қырық түп қарағаш отырғызып, су тартайық.',
      landmark: 'ауыл клубы',
    },
    decisions: [
      { kind: 'approve' },
      {
        kind: 'edit',
        titles: { ru: 'Деревья у клуба' },
        texts: { ru: 'У клуба нет тени. Посадим сорок вязов и проведём к ним воду.' },
      },
      { kind: 'feasible', cost: 2_400_000, onList: true },
    ],
  },
  {
    locale: 'ru',
    words: {
      category: 'street_lighting',
      title: 'Фонари по дороге в школу',
      body: 'Утром и вечером по улице к школе идти темно, особенно зимой.',
      landmark: 'улица к школе',
    },
    decisions: [{ kind: 'merge', into: 1 }],
  },
]
