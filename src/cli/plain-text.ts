/**
 * Characters that command a terminal or turn the order of what is read, and no text of a name: controls (C0 and C1, but for
 * line feeds), marks of direction, line and paragraph separators, and what is invisible.
 */
const COMMANDING = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u2060-\u2064\ufeff\ufff9-\ufffb]/gu

/** Text as a terminal may show it: what commands the terminal is written out, such as `\u001b`. */
export function forTerminal(text: string): string {
  return text.replace(COMMANDING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
