import type { OpenItem } from './open-items.ts'

/** Invoices that are combined when no text names them; more are settled the oldest first. */
const MAX_COMBINED = 16
/** Steps of the search for a sum. */
const MAX_SEARCH = 20_000

/** How the amount fits what is open. */
export type AmountFit = 'exact' | 'sum' | 'subset' | 'tolerance' | 'other'

export interface Chosen {
  readonly fit: AmountFit
  /** In the order in which they are settled; the amount may be more or less than they come to. */
  readonly items: readonly OpenItem[]
}

/**
 * The open invoices of an account that an amount is for: those that the text names, else one of exactly this amount, else all of them,
 * else the only combination of some that comes to it. Oldest first.
 * Example: of 10.00, 25.00 and 40.00 open, 50.00 is 10.00 and 40.00.
 */
export function chooseInvoices(
  open: readonly OpenItem[],
  named: readonly OpenItem[],
  amountMinor: bigint,
  toleranceMinor: bigint,
): Chosen {
  const namedOpen = named.filter(({ openMinor }) => openMinor > 0n)
  if (namedOpen.length > 0) {
    const sum = sumOf(namedOpen)
    if (sum === amountMinor) return { fit: namedOpen.length === 1 ? 'exact' : 'sum', items: namedOpen }
    return { fit: isNear(sum, amountMinor, toleranceMinor) ? 'tolerance' : 'other', items: namedOpen }
  }
  const one = open.find(({ openMinor }) => openMinor === amountMinor)
  if (one !== undefined) return { fit: 'exact', items: [one] }
  if (open.length > 1 && sumOf(open) === amountMinor) return { fit: 'sum', items: open }
  const subset = onlySubset(open, amountMinor)
  if (subset !== null) return { fit: 'subset', items: subset }
  const near = open.find(({ openMinor }) => isNear(openMinor, amountMinor, toleranceMinor))
  if (near !== undefined) return { fit: 'tolerance', items: [near] }
  return { fit: 'other', items: [] }
}

function sumOf(items: readonly OpenItem[]): bigint {
  return items.reduce((sum, { openMinor }) => sum + openMinor, 0n)
}

function isNear(a: bigint, b: bigint, toleranceMinor: bigint): boolean {
  const distance = a > b ? a - b : b - a
  return distance <= toleranceMinor
}

/** The only subset of at least two that comes to an amount; null where there is none, where there are several, or the search is too long. */
function onlySubset(open: readonly OpenItem[], amountMinor: bigint): readonly OpenItem[] | null {
  if (open.length < 3 || open.length > MAX_COMBINED) return null
  const found: OpenItem[][] = []
  let steps = 0
  const search = (at: number, rest: bigint, taken: readonly OpenItem[]): void => {
    if (++steps > MAX_SEARCH || found.length > 1 || rest < 0n) return
    if (rest === 0n) {
      found.push([...taken])
      return
    }
    const item = open[at]
    if (item === undefined) return
    search(at + 1, rest - item.openMinor, [...taken, item])
    search(at + 1, rest, taken)
  }
  search(0, amountMinor, [])
  const [only] = found
  return found.length === 1 && steps <= MAX_SEARCH && only !== undefined && only.length > 1 ? only : null
}
