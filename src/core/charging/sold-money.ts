import type { Balances } from './balances.ts'
import { type LotDraft, move, type OperationContext, openLot, type TopUpOutcome, topUp } from './operations.ts'

/** What money comes to that is sold with its tax, in minor units. */
export interface SoldAmounts {
  /** What came in for it. */
  readonly grossMinor: bigint
  /** What can be drawn down. */
  readonly netMinor: bigint
  /** Its taxes, in the order of their decision: gross − net together. */
  readonly taxMinor: readonly bigint[]
}

/** What of money that comes in is sold with its tax: in gross minor units, to what it comes to. */
export type SellMoney = (grossMinor: bigint) => SoldAmounts

export interface SoldOutcome extends TopUpOutcome {
  /** What was sold with its tax; null where all of it went for what was owed before. */
  readonly sold: SoldAmounts | null
}

/**
 * Money comes in whose tax is paid now. What it pays back, a promised credit with its fee and what is owed, was used before: that is taxed
 * when it is used, and only the rest is sold, in whole minor units. Example: of 11.90 at 19 % nothing is owed: a lot of 10.00, and 1.90 of
 * tax. With 2.38 owed it settles those, and 9.52 are sold: a lot of 8.00, and 1.52 of tax.
 * @param paid all that came in, at the rating scale; the lot that is sold has the same terms and the same origin
 * @param minorUnit at the rating scale
 */
export function topUpSold(
  operation: OperationContext,
  paid: LotDraft,
  bonuses: readonly LotDraft[],
  sell: SellMoney,
  minorUnit: bigint,
): SoldOutcome {
  const { balances } = operation
  const rest = paid.amount - claimOn(balances)
  const sold = rest < minorUnit ? null : sell(rest / minorUnit)
  if (sold === null || sold.netMinor <= 0n) return { ...topUp(operation, paid, bonuses), sold: null }
  const before = paid.amount - sold.grossMinor * minorUnit
  const outcome =
    before === 0n && balances.promise === null
      ? openBonuses(operation, bonuses)
      : topUp(operation, { ...paid, amount: before }, bonuses)
  openLot(operation, { ...paid, amount: sold.netMinor * minorUnit, isTaxed: true }, 'top_up')
  return { ...outcome, sold }
}

function openBonuses(operation: OperationContext, bonuses: readonly LotDraft[]): TopUpOutcome {
  for (const bonus of bonuses) openLot(operation, bonus, 'bonus')
  return { fee: 0n, settled: 0n }
}

/** What money that comes in goes for first: a promised credit with its fee, and what is owed. */
function claimOn({ promise, lots, owed }: Balances): bigint {
  const lent = lots.find(({ number }) => number === promise?.lot)
  const used = lent === undefined ? 0n : lent.amount - (lent.remaining - lent.held)
  const due = owed + used
  return (promise?.fee ?? 0n) + (due > 0n ? due : 0n)
}

/** What was taken back of money that was sold, and what is owed again, with tax; in minor units. */
export interface SoldTakenBack {
  readonly netMinor: bigint
  readonly owedAgainMinor: bigint
}

/**
 * Takes back what nobody has used of money that was sold with its tax: that is credited. The rest was sold and used, and what it was sold
 * for is owed now, since nobody has paid for it. Example: 11.90 gave a lot of 10.00, of which 5.00 are used: 5.00 go and 5.95 are
 * credited; 5.95 are owed.
 * @param creditOf what is credited with so much of the net, in minor units: net and tax together
 */
export function takeBackSold(
  operation: OperationContext,
  origin: string,
  { grossMinor, creditOf }: { readonly grossMinor: bigint; readonly creditOf: (netMinor: bigint) => bigint },
  minorUnit: bigint,
): SoldTakenBack {
  const lots = operation.balances.lots.filter((lot) => lot.isTaxed === true && lot.origin === origin)
  let netMinor = 0n
  for (const lot of lots) {
    const free = lot.remaining - lot.held
    const whole = free - (free % minorUnit)
    if (whole > 0n) move(operation, lot.number, 'reversal', -whole)
    // What is below a minor unit completes the one that was used in part.
    if (free > whole) move(operation, lot.number, 'settle', whole - free)
    if (free > whole) move(operation, 0, 'settle', free - whole)
    netMinor += whole / minorUnit
  }
  const owedAgainMinor = grossMinor - creditOf(netMinor)
  if (owedAgainMinor > 0n) move(operation, 0, 'reversal', -owedAgainMinor * minorUnit)
  return { netMinor, owedAgainMinor }
}
