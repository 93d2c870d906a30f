import { divideRounded } from '../base/rounding.ts'
import { earnedBefore, type Spread } from './spread.ts'

/** What has been earned of something that is billed, and where the rest of it stands. Amounts are in minor units, without tax. */
export interface ContractState {
  /** All that was earned so far, whether it was billed or not. */
  readonly earnedMinor: bigint
  /** Billed and not earned yet: a liability. Below zero where a credit takes back what had been billed ahead. */
  readonly deferredMinor: bigint
  /** Earned and not billed yet: an asset. */
  readonly unbilledMinor: bigint
}

const NOTHING_EARNED: ContractState = { earnedMinor: 0n, deferredMinor: 0n, unbilledMinor: 0n }

/**
 * A line of a document as it stands at the beginning of a day. Example: 120.00 for a year from 1 January, billed on that day, is at
 * the beginning of 1 February earned by 10.20 (31 days of 365) and deferred by 109.80; billed on 1 March it would be unbilled by 10.20.
 * @param billedOn the day on which it was billed
 */
export function lineState(
  { netMinor, billedOn, spread }: { readonly netMinor: bigint; readonly billedOn: string; readonly spread: Spread },
  day: string,
): ContractState {
  const earnedMinor = earnedBefore(netMinor, spread, day)
  return billedOn < day
    ? { earnedMinor, deferredMinor: netMinor - earnedMinor, unbilledMinor: 0n }
    : { earnedMinor, deferredMinor: 0n, unbilledMinor: earnedMinor }
}

/** Usage that no document has billed: all of it is earned. */
export function usageState(amountMinor: bigint): ContractState {
  return { earnedMinor: amountMinor, deferredMinor: 0n, unbilledMinor: amountMinor }
}

/** Units that were sold ahead, such as a pack of credits. */
export interface SoldUnits {
  readonly priceMinor: bigint
  /** At the scale of units. */
  readonly units: bigint
  /** How much of them is expected never to be used, a percentage as an integer of hundredths: 1000 is 10 %. */
  readonly unusedShare: bigint
}

/** What was used of units and what became of the rest, before a day. */
export interface UnitsUsed {
  readonly used: bigint
  /** They have expired: nothing more will be used. */
  readonly isOver: boolean
  /** They were sold; nothing is deferred before. Taken back, they are nothing at all. */
  readonly isSold: boolean
}

/**
 * A pack as it stands: earned as it is used, the rest deferred until it expires. Where some of it is expected to stay unused, that is
 * earned in proportion to use. Example: 1,000 credits for 50.00, of which 200 were used: 10.00 earned; with 20 % expected unused,
 * 50.00 × 200 ÷ 800 = 12.50.
 */
export function packState(
  { priceMinor, units, unusedShare }: SoldUnits,
  { used, isOver, isSold }: UnitsUsed,
): ContractState {
  if (!isSold) return NOTHING_EARNED
  const expected = units * (HUNDREDTHS - unusedShare)
  const byUse = divideRounded(priceMinor * used * HUNDREDTHS, expected, 'half_up')
  const earnedMinor = isOver || byUse > priceMinor ? priceMinor : byUse
  return { earnedMinor, deferredMinor: priceMinor - earnedMinor, unbilledMinor: 0n }
}

const HUNDREDTHS = 10_000n
