/** Answers that are kept of one function: the days of thousands of calendars; a full memory begins anew. */
const MAX_ANSWERS = 20_000

/**
 * Keeps the answers of a function that always answers the same: a bill run asks for the same days for each of its accounts, and
 * computing with a calendar takes microseconds.
 * @param nameOf names the arguments: different ones differently
 */
export function remembered<Args extends readonly unknown[], Answer extends string | number>(
  nameOf: (...args: Args) => string,
  answer: (...args: Args) => Answer,
): (...args: Args) => Answer {
  const known = new Map<string, Answer>()
  return (...args) => {
    const name = nameOf(...args)
    const before = known.get(name)
    if (before !== undefined) return before
    const found = answer(...args)
    if (known.size >= MAX_ANSWERS) known.clear()
    known.set(name, found)
    return found
  }
}
