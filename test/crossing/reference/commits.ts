import type { CommitPrice } from '../history.ts'
import type { Book, Line } from './book.ts'
import { boundary, dayOf } from './calendar.ts'
import { Fraction } from './fraction.ts'
import { split } from './split.ts'

function commitOf({ history: { plans } }: Book): CommitPrice | undefined {
  return plans[0]?.prices.find((price) => price.kind === 'commit')
}

/**
 * Money that is bought is there from the first day of the subscription on.
 * @returns whether it has come now.
 */
export function openCommit(book: Book, at: string): boolean {
  const commit = commitOf(book)
  if (commit === undefined || book.granted !== 0n || Date.parse(at) < Date.parse(book.history.startsAt)) return false
  book.granted = book.minorOf(commit.amount)
  return true
}

/** Instalments that are due by a day and not billed. A term that has begun is paid to its end. */
export function commitsOn(book: Book, day: string): Line[] {
  const commit = commitOf(book)
  if (commit === undefined) return []
  const begin = dayOf(book.history.startsAt, book.history.zone)
  const end = boundary(begin, commit.term, 1)
  const days = [begin]
  if (commit.instalments !== undefined)
    for (let number = 1; boundary(begin, commit.instalments, number) < end; number++)
      days.push(boundary(begin, commit.instalments, number))
  const parts = split(
    book.minorOf(commit.amount),
    days.map(() => 1n),
  )
  const billed = new Set(book.papers.flatMap(({ lines }) => lines.map(({ key }) => key)))
  return days.flatMap((from, at): Line[] => {
    const minor = parts[at] ?? 0n
    const key = `commit ${from}`
    if (from > day || billed.has(key)) return []
    const exact = new Fraction(minor, 10n ** BigInt(book.digits))
    return [{ key, name: commit.name, kind: 'commit', ofUsage: false, from, due: from, exact, minor }]
  })
}
