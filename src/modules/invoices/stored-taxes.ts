import type { LineTax } from '../../core/invoicing/line-tax.ts'

/** How a part of a line is taxed, as it is kept: amounts are in minor units. */
export interface StoredTax extends Omit<LineTax, 'netMinor' | 'taxMinor'> {
  readonly netMinor: string
  readonly taxMinor: readonly string[]
}

export function storedTaxes(parts: readonly LineTax[]): StoredTax[] {
  return parts.map(({ netMinor, taxMinor, ...part }) => ({
    ...part,
    netMinor: String(netMinor),
    taxMinor: taxMinor.map(String),
  }))
}

export function readTaxes(stored: readonly StoredTax[]): LineTax[] {
  return stored.map(({ netMinor, taxMinor, ...part }) => ({
    ...part,
    netMinor: BigInt(netMinor),
    taxMinor: taxMinor.map(BigInt),
  }))
}
