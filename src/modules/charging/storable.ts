/**
 * Whether a text means the same to callers, memory, the journal and Postgres: control characters name nothing, Postgres
 * refuses NUL, and a lone surrogate becomes another character in UTF-8.
 */
export function isStorable(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < 32 || text.charCodeAt(at) === 127) return false
  return text.isWellFormed()
}
