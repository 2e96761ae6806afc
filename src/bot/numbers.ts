// Texts that are numbers by their look: a receipt, a card's code. Signs between the digits are forgiven, letters are not.

/** The digits of a text without letters; undefined where there are letters, or no text. */
export const digitsOnly = (text: string | undefined): string | undefined =>
  text === undefined || /\p{L}/u.test(text) ? undefined : text.replace(/[^0-9]/g, '')
