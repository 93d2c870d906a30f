/** Texts of codes: one line each, and no longer than their field. */

const utf8 = new TextEncoder()

/** Line ends and other control characters would end a field: they are blanks. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
}

/** At most so many characters, of one line; a character of two code units is not cut in half. */
export function cutTo(text: string, length: number): string {
  return Array.from(oneLine(text)).slice(0, length).join('').trim()
}

export function byteLength(text: string): number {
  return utf8.encode(text).length
}

/** At most so many bytes of UTF-8, whole characters. */
export function cutToBytes(text: string, bytes: number): string {
  const characters = Array.from(text)
  let left = bytes
  const fitting = characters.findIndex((character) => {
    left -= byteLength(character)
    return left < 0
  })
  return (fitting < 0 ? characters : characters.slice(0, fitting)).join('').trim()
}
