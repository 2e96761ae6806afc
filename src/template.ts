// A text of locales/ cut at its `{{facts}}` once, so that saying it costs a few additions.

/** Says the text; a fact that is missing is empty. `write`: how a fact of letters is written, such as escaped. */
export type Template = (
  facts: Readonly<Record<string, string | number>>,
  write: (value: string) => string,
) => string

const FACT = /\{\{\s*(\w+)\s*\}\}/

/** What stands between facts is said as it is; so is what a fact holds, whatever it looks like. */
export function templateOf(text: string): Template {
  const [head = '', ...rest] = text.split(FACT)
  if (rest.length === 0) return () => head
  return (facts, write) => {
    let said = head
    for (let at = 0; at < rest.length; at += 2) {
      const value = facts[rest[at] as string]
      if (value !== undefined) said += typeof value === 'string' ? write(value) : value
      said += rest[at + 1]
    }
    return said
  }
}
