/** What moves cash of a desk, and in which direction; `safe` is where it is between shifts, `outside` what other books have. */
export const MOVEMENTS = {
  float: { from: 'safe', to: 'drawer' },
  in: { from: 'safe', to: 'drawer' },
  out: { from: 'drawer', to: 'safe' },
  spent: { from: 'drawer', to: 'outside' },
  added: { from: 'outside', to: 'drawer' },
  over: { from: 'difference', to: 'drawer' },
  short: { from: 'drawer', to: 'difference' },
  emptied: { from: 'drawer', to: 'safe' },
  safe_in: { from: 'outside', to: 'safe' },
  safe_out: { from: 'safe', to: 'outside' },
  to_bank: { from: 'safe', to: 'transit' },
  from_bank: { from: 'transit', to: 'safe' },
} as const

export type MovementKind = keyof typeof MOVEMENTS
export type CashPlace = (typeof MOVEMENTS)[MovementKind]['from' | 'to']

/** By how much an amount that is moved so changes what is in a place. */
export function changeIn(place: CashPlace, kind: MovementKind, amountMinor: bigint): bigint {
  const { from, to } = MOVEMENTS[kind]
  return (to === place ? amountMinor : 0n) - (from === place ? amountMinor : 0n)
}

/** What a receipt moves: a cancellation gives the cash back. */
export interface ReceiptFacts {
  readonly number: bigint
  readonly kind: 'payment' | 'cancel'
  readonly amountMinor: bigint
  readonly cashMinor: bigint
}

export interface ShiftTotals {
  readonly payments: { readonly count: number; readonly minor: bigint }
  readonly cancels: { readonly count: number; readonly minor: bigint }
  /** What was paid more than accounts got, by rounding; below zero less. */
  readonly roundedMinor: bigint
  readonly moved: ReadonlyMap<MovementKind, { readonly count: number; readonly minor: bigint }>
  readonly first: bigint | null
  readonly last: bigint | null
  /** Float, and all that came in, less all that went out: what is to be in the drawer. */
  readonly expectedMinor: bigint
}

/** What a shift comes to. The float is a movement of it. */
export function totalsOf(
  receipts: readonly ReceiptFacts[],
  movements: readonly { readonly kind: MovementKind; readonly amountMinor: bigint }[],
): ShiftTotals {
  const sums = { payment: { count: 0, minor: 0n }, cancel: { count: 0, minor: 0n } }
  let roundedMinor = 0n
  let expectedMinor = 0n
  let first: bigint | null = null
  let last: bigint | null = null
  for (const { number, kind, amountMinor, cashMinor } of receipts) {
    const sign = kind === 'payment' ? 1n : -1n
    sums[kind].count += 1
    sums[kind].minor += cashMinor
    roundedMinor += sign * (cashMinor - amountMinor)
    expectedMinor += sign * cashMinor
    if (first === null || number < first) first = number
    if (last === null || number > last) last = number
  }
  const moved = new Map<MovementKind, { count: number; minor: bigint }>()
  for (const { kind, amountMinor } of movements) {
    const one = moved.get(kind) ?? { count: 0, minor: 0n }
    moved.set(kind, { count: one.count + 1, minor: one.minor + amountMinor })
    expectedMinor += changeIn('drawer', kind, amountMinor)
  }
  return {
    ...{ payments: sums.payment, cancels: sums.cancel, roundedMinor, moved },
    ...{ first, last, expectedMinor },
  }
}

/** Coins and notes as somebody counted them. */
export interface Denomination {
  /** A decimal: `0.50`, `20`. */
  readonly value: string
  readonly count: number
}
