// Sentences in Latin letters in what is said to somebody who reads Kazakh or Russian: a rule that can fail.

/** What is typed or named, and no sentence: commands and quotations, options, paths, settings, keys and addresses. */
const NAMED = [
  /«[^»]*»|“[^”]*”|"[^"]*"/gu,
  /\bdauys\b.*$/gmu,
  /--[a-z-]+(?:[ =][\w|.-]+)?/gu,
  /\S*[/\\@=+_]\S*/gu,
  /\b[\w.-]+\.(?:csv|json|pdf|txt|png|svg|pb|gz|xlsx?|ods)\b/gu,
  /\b[A-Z][A-Z_]{2,}\b/gu,
]

/** Runs of three words or more in Latin letters, a line each. Words with commas between them are a list of what may be typed. */
export const latinSentences = (text: string): string[] => {
  const rest = NAMED.reduce((left, named) => left.replace(named, ' § '), text)
  return rest.match(/[A-Za-z]{2,}(?:[ :;']+[A-Za-z]+){2,}/gu) ?? []
}
