import { formatDecimal, MAX_DECIMAL_DIGITS } from '../base/decimal.ts'

/** Also as wallets and people write it: `.5`, `1.` and `01.0`. */
const UNITS_TEXT = /^(-?)(\d*)(?:\.(\d*))?$/

/** `0.0001379` of an asset with 8 decimals is 13790n. @returns null where it is no number or finer than a base unit: nothing is rounded */
export function parseUnits(text: string, decimals: number): bigint | null {
  const match = text.length > MAX_DECIMAL_DIGITS ? null : UNITS_TEXT.exec(text)
  const [, sign = '', whole = '', written = ''] = match ?? []
  if (whole === '' && written === '') return null
  const fraction = written.replace(/0+$/, '')
  if (fraction.length > decimals) return null
  const magnitude = BigInt(`${whole}${fraction.padEnd(decimals, '0')}`)
  return sign === '-' ? -magnitude : magnitude
}

/** 13790n with 8 decimals is `0.0001379`. */
export function formatUnits(baseUnits: bigint, decimals: number): string {
  return formatDecimal({ coefficient: baseUnits, scale: decimals })
}
