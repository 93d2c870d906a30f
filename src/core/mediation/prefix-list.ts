import { MAX_PREFIX_DIGITS } from '../catalog/rate-deck.ts'

/** The most prefixes that one cell of a deck may list. */
const MAX_PREFIXES = 10_000

/**
 * The prefixes that a cell of a rate deck lists: one or several with commas, semicolons, slashes, bars or blanks
 * between them; ranges `38044-38047`, `38044-7` and `380441..380449`; figures that do not matter at the end, `7072xxxxx`.
 * @returns the prefixes, or what would be right.
 */
export function readPrefixes(text: string, before = ''): string[] | string {
  const prefixes: string[] = []
  for (const part of text.replaceAll(/\s*(-|–|\.\.+)\s*/g, '-').split(/[,;/|\s]+/)) {
    if (part === '') continue
    const found = readPart(part, before)
    if (typeof found === 'string') return found
    prefixes.push(...found)
    if (prefixes.length > MAX_PREFIXES) return `at most ${MAX_PREFIXES} prefixes in one cell`
  }
  return prefixes.length === 0 ? 'a prefix such as 38044, or a range such as 38044-38047' : prefixes
}

function readPart(part: string, before: string): string[] | string {
  const [from = '', to, more] = part.split('-')
  const first = readDigits(from)
  if (first === null || more !== undefined) return `"${part}" is no prefix: digits, or a range such as 38044-38047`
  const whole = before + first
  if (whole.length > MAX_PREFIX_DIGITS) return `a prefix has at most ${MAX_PREFIX_DIGITS} digits`
  if (to === undefined) return [whole]
  const end = readDigits(to)
  if (end === null) return `"${part}" is no range: digits on both sides, such as 38044-38047`
  // The end of a range may leave out what it has in common with the beginning.
  const last = end.length < first.length ? first.slice(0, first.length - end.length) + end : end
  if (last.length !== first.length || last < first)
    return `"${part}" is no range: both ends need the same number of digits, the lower first`
  return coverRange(first, last).map((prefix) => before + prefix)
}

/** Figures at the end that do not matter are written as x. */
function readDigits(text: string): string | null {
  return /^\+?(\d+)[xX]*$/.exec(text)?.[1] ?? null
}

/** The fewest prefixes that all numbers of a range begin with, and no others: 38000 to 38049 is 3800, 3801, … 3804. */
function coverRange(first: string, last: string): string[] {
  const prefixes: string[] = []
  const length = first.length
  const end = BigInt(last)
  for (let at = BigInt(first); at <= end; ) {
    let [step, digits] = [1n, length]
    while (digits > 1 && at % (step * 10n) === 0n && at + step * 10n - 1n <= end) {
      step *= 10n
      digits--
    }
    prefixes.push(at.toString().padStart(length, '0').slice(0, digits))
    at += step
  }
  return prefixes
}
