import type { StatementRow } from './store.ts'

type Balances = Pick<StatementRow, 'number' | 'reference' | 'openingMinor' | 'closingMinor' | 'fromOn' | 'toOn'>

/** Between two statements that follow each other something is missing. */
export interface Gap {
  readonly after: string
  readonly before: string
  /** What the missing entries come to, in minor units. */
  readonly missingMinor: bigint
}

/**
 * Statements in the order of the account: by their days, and within a day each behind the one whose closing balance it begins with.
 * Those without balances or days are left out, and those that say the same as one before: files of it came twice.
 */
function inOrder<S extends Balances>(statements: readonly S[]): S[] {
  const said = new Map(
    statements.map((one) => [[one.fromOn, one.toOn, one.openingMinor, one.closingMinor].join(), one]),
  )
  const rest = [...said.values()]
    .filter(
      ({ openingMinor, closingMinor, fromOn }) => openingMinor !== null && closingMinor !== null && fromOn !== null,
    )
    .toSorted((a, b) => compare(a.fromOn, b.fromOn) || compare(a.toOn, b.toOn))
  const ordered: S[] = []
  while (rest.length > 0) {
    const first = rest[0] as S
    const sameDay = rest.filter(({ fromOn }) => fromOn === first.fromOn)
    const last = ordered.at(-1)?.closingMinor
    const next =
      sameDay.find(({ openingMinor }) => last !== undefined && openingMinor === last) ??
      sameDay.find((one) => !sameDay.some((other) => other !== one && other.closingMinor === one.openingMinor)) ??
      first
    ordered.push(next)
    rest.splice(rest.indexOf(next), 1)
  }
  return ordered
}

/** What was on the account before the first statement that is known. */
export function firstOpening(statements: readonly Balances[]): bigint | null {
  const first = inOrder(statements)[0]?.openingMinor
  return first == null ? null : BigInt(first)
}

/** The last balance that the bank has told. */
export function lastClosing<S extends Balances>(statements: readonly S[]): S | null {
  const [latest] = inOrder(statements)
    .toReversed()
    .toSorted((a, b) => compare(b.toOn, a.toOn))
  return latest ?? null
}

/** Where a statement does not begin with the balance that the one before it has ended with. Overlapping ones have no gap between them. */
export function gapsOf(statements: readonly Balances[]): Gap[] {
  const ordered = inOrder(statements)
  return ordered.flatMap((one, index) => {
    const before = ordered[index - 1]
    if (before === undefined || (one.fromOn ?? '') < (before.toOn ?? '')) return []
    const missingMinor = BigInt(one.openingMinor ?? 0) - BigInt(before.closingMinor ?? 0)
    if (missingMinor === 0n) return []
    return [{ after: nameOf(before), before: nameOf(one), missingMinor }]
  })
}

function nameOf({ number, reference, toOn }: Balances): string {
  return number ?? (reference === '' ? `of ${toOn}` : reference)
}

function compare(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0
}
