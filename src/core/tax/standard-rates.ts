import type { TaxRate } from './tax-rate.ts'

/**
 * Standard rates of value added tax, complete from 2021-01-01 on, as of November 2026: the European Union ("VAT rates applied in
 * the Member States", Directive 2006/112/EC art. 96), the United Kingdom (VATA 1994 s. 2), Ukraine (Tax Code art. 193),
 * Switzerland (MWSTG art. 25) and Norway. Days before are not in it. A country that changes its rate gets another pair.
 */
const HISTORY: Readonly<Record<string, readonly (readonly [from: string, percent: string])[]>> = {
  AT: [['2021-01-01', '20']],
  BE: [['2021-01-01', '21']],
  BG: [['2021-01-01', '20']],
  CH: [
    ['2021-01-01', '7.7'],
    ['2024-01-01', '8.1'],
  ],
  CY: [['2021-01-01', '19']],
  CZ: [['2021-01-01', '21']],
  DE: [['2021-01-01', '19']],
  DK: [['2021-01-01', '25']],
  EE: [
    ['2021-01-01', '20'],
    ['2024-01-01', '22'],
    ['2025-07-01', '24'],
  ],
  ES: [['2021-01-01', '21']],
  FI: [
    ['2021-01-01', '24'],
    ['2024-09-01', '25.5'],
  ],
  FR: [['2021-01-01', '20']],
  GB: [['2021-01-01', '20']],
  GR: [['2021-01-01', '24']],
  HR: [['2021-01-01', '25']],
  HU: [['2021-01-01', '27']],
  IE: [
    ['2021-01-01', '21'],
    ['2021-03-01', '23'],
  ],
  IT: [['2021-01-01', '22']],
  LT: [['2021-01-01', '21']],
  LU: [
    ['2021-01-01', '17'],
    ['2023-01-01', '16'],
    ['2024-01-01', '17'],
  ],
  LV: [['2021-01-01', '21']],
  MT: [['2021-01-01', '18']],
  NL: [['2021-01-01', '21']],
  NO: [['2021-01-01', '25']],
  PL: [['2021-01-01', '23']],
  PT: [['2021-01-01', '23']],
  RO: [
    ['2021-01-01', '19'],
    ['2025-08-01', '21'],
  ],
  SE: [['2021-01-01', '25']],
  SI: [['2021-01-01', '22']],
  SK: [
    ['2021-01-01', '20'],
    ['2025-01-01', '23'],
  ],
  UA: [['2021-01-01', '20']],
}

export const STANDARD_RATES: readonly TaxRate[] = Object.entries(HISTORY).flatMap(([country, rows]) =>
  rows.map(([from, percent]) => ({ country, taxClass: 'standard', from, percent })),
)
