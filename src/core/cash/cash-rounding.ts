import { divideRounded } from '../base/rounding.ts'

/** The smallest cash that is paid in some currencies, in minor units: there are no coins of 0.01 CHF. Others have coins for every amount. */
const STEPS: Readonly<Record<string, bigint>> = {
  AUD: 5n,
  CAD: 5n,
  CHF: 5n,
  CZK: 100n,
  DKK: 50n,
  HUF: 500n,
  NOK: 100n,
  NZD: 10n,
  SEK: 100n,
}

/** What cash of a currency is rounded to unless a desk says otherwise: 5 is 0.05 CHF. */
export function cashStepOf(currency: string): bigint {
  return STEPS[currency] ?? 1n
}

/** What is paid in cash for an amount: the nearest that coins can make, from the middle on upwards. 10.02 CHF are 10.00, 10.03 are 10.05. */
export function inCash(amountMinor: bigint, stepMinor: bigint): bigint {
  return divideRounded(amountMinor, stepMinor, 'half_up') * stepMinor
}
