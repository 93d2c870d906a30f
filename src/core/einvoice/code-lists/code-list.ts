/** The codes of one list. */
export type CodeList = ReadonlySet<string>

/** A list out of one text, since most of them are long. */
export function codes(text: string): CodeList {
  return new Set(text.split(' '))
}
