/** Numbers are no formulas, and stay numbers. */
const NUMBER = /^[+-]?\d+(\.\d+)?$/
/** What a spreadsheet begins a formula with, also in the wide forms of East Asian keyboards, and after blanks. */
const FORMULA = /^[\s\p{Cc}\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u

/** A cell that a spreadsheet reads as text or as a number: quotes where needed, and no formula (`-1+cmd` is none). */
export function toCsvCell(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
