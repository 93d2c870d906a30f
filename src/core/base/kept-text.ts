/**
 * Which texts can be kept. UTF-8 has no half of a surrogate pair (U+D810 and U+D811 would become the same character), and Postgres
 * no NUL. Such a text is refused where it comes in: kept as something else, two names would be one.
 */
export function isKeptExactly(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/** The same of the texts in a JSON text, where such characters are escapes: `"\u0000"`, `"\ud810"`. */
export function jsonIsKeptExactly(json: string): boolean {
  if (!json.includes('\\u')) return isKeptExactly(json)
  let isKept = true
  JSON.parse(json, (name, value: unknown) => {
    isKept &&= isKeptExactly(name) && (typeof value !== 'string' || isKeptExactly(value))
    return value
  })
  return isKept
}

/** Whether a text may name something: control characters name nothing, and some drop a mark of byte order at the beginning. */
export function isNameable(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < 32 || text.charCodeAt(at) === 127) return false
  return text.charCodeAt(0) !== 0xfeff && text.isWellFormed()
}
