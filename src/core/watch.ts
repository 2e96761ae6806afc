// What a resident may ask to be told of in a village: the moments when there is something to do or to see.

/** In the order of a cycle. */
export const WATCHED = ['ideas', 'voting', 'results'] as const
export type Watched = (typeof WATCHED)[number]
