import { parseMinor } from '../../core/base/money.ts'

/** Minor units of an amount that a provider writes as a decimal: `10.00` of EUR is 1000, `10` of JPY is 10. @throws Error for what is none */
export function minorOf(text: unknown, currency: unknown): bigint {
  const minor = typeof text === 'string' && typeof currency === 'string' ? parseMinor(text, currency) : null
  if (minor === null) throw new Error('an amount of a provider is none')
  return minor
}
