/**
 * Whether a text means the same to callers, memory, the journal and Postgres: control characters name nothing, Postgres
 * refuses NUL, a lone surrogate becomes another character in UTF-8, and some drop a mark of byte order at the beginning.
 */
export function isStorable(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < 32 || text.charCodeAt(at) === 127) return false
  return text.charCodeAt(0) !== 0xfeff && text.isWellFormed()
}
