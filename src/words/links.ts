// Where links lead: a village's or project's public page where there is one, else into the bot.
interface At {
  territory: number
  cycle: { id: number; slug: string }
}

export const villagePayload = (territory: number): string => `v_${territory}`

export const projectPayload = (at: { cycle: number; territory: number; number: number }): string =>
  `p_${at.cycle}_${at.territory}_${at.number}`

/** A link that opens the bot, e.g. `https://t.me/dauys_bot?start=v_12`. `bot`: its user name, without @. */
export const botLink = (bot: string, payload: string): string => `https://t.me/${bot}?start=${payload}`

/** Below `/open/`. */
export const villagePath = ({ territory, cycle: { slug } }: At): string => `${slug}/${territory}`

export interface Linked {
  bot: string
  /** Where the public pages lie for others, without a slash at the end. */
  publicUrl?: string | undefined
}

/** To hand on: the page of a village, which leads on to the bot; without public pages the bot itself. */
export const villageLink = ({ bot, publicUrl }: Linked, place: At): string =>
  publicUrl === undefined
    ? botLink(bot, villagePayload(place.territory))
    : `${publicUrl}/open/${villagePath(place)}`

/** The same for a project, by its number on the village's list. */
export const projectLink = ({ bot, publicUrl }: Linked, place: At, number: number): string =>
  publicUrl === undefined
    ? botLink(bot, projectPayload({ cycle: place.cycle.id, territory: place.territory, number }))
    : `${publicUrl}/open/${villagePath(place)}/${number}`
