import type { History } from '../history.ts'
import { Fraction, ZERO } from './fraction.ts'

/** Of the country whose rate changes. */
export const RATES = { before: '19', after: '16.5' } as const
const ONE_RATE = '25.5'

const HUNDRED = new Fraction(100n)

/** The rate of what is supplied on a day, in per cent; null: nobody is asked. */
export function percentOn({ tax, rateChangesOn }: History, day: string): string | null {
  switch (tax) {
    case 'untaxed':
      return null
    case 'exempt':
      return '0'
    case 'one rate':
      return ONE_RATE
    case 'rate changes':
      return day < rateChangesOn ? RATES.before : RATES.after
  }
}

/** Exactly, in minor units. */
export function taxOf(percent: string, netMinor: bigint): Fraction {
  return new Fraction(netMinor).times(Fraction.of(percent)).dividedBy(HUNDRED)
}

/** Whether an amount is no further from an exact one than so many halves of a minor unit. */
export function isWithin(halves: number, minor: bigint, exact: Fraction): boolean {
  const apart = new Fraction(minor).minus(exact)
  return !apart.most(ZERO.minus(apart)).isAbove(new Fraction(BigInt(halves), 2n))
}
