import { decimal, formatDecimal } from '../../base/decimal.ts'
import { holdsOn, placeText, type Seller, type TaxPlace } from '../supply.ts'
import type { Tax, TaxCategory } from '../tax.ts'
import type { TaxClass } from '../tax-classes.ts'
import { TAX_KINDS, type TaxKind } from '../tax-kinds.ts'
import { type RateTable, ratesAt, rowsAt } from './rate-table.ts'
import type { TaxRate } from './tax-rate.ts'

export interface TaxesAsked {
  readonly place: TaxPlace
  readonly taxClass: TaxClass
  readonly day: string
  readonly currency: string
  readonly seller: Seller
}

/** The taxes on a class at a place on a day, in the order in which they are computed; or what is not known. */
export function taxesAt(
  table: RateTable,
  { place, taxClass, day, currency, seller }: TaxesAsked,
): { readonly taxes: readonly Tax[] } | { readonly unknown: string } {
  const found = ratesAt(table, place, taxClass.rates, day).filter((rate) => isCharged(rate, seller, day))
  if (!found.some(({ tax }) => kindOf(tax).isPrimary)) return { unknown: unknownRate(table, place, taxClass, day) }
  const foreign = found.find((rate) => rate.currency !== undefined && rate.currency !== currency)
  if (foreign !== undefined)
    return {
      unknown: `the ${kindOf(foreign.tax).name} of ${placeText(foreign)} is an amount in ${foreign.currency}, and the document is in ${currency}: add a row in ${currency}`,
    }
  return { taxes: found.map(asTax).sort((a, b) => a.order - b.order) }
}

function kindOf(tax: string): TaxKind {
  return TAX_KINDS[tax] as TaxKind
}

/** Taxes of a region are charged by those who are registered there: PST in British Columbia, but GST in all of Canada. */
function isCharged({ tax, country, region }: TaxRate, { registrations }: Seller, day: string): boolean {
  if (!kindOf(tax).hasOwnRegistration) return true
  return registrations.some(
    (one) => one.kind === tax && one.country === country && one.region === region && holdsOn(one, day),
  )
}

function asTax(rate: TaxRate): Tax {
  const { name, category, order } = kindOf(rate.tax)
  const percent = rate.percent === undefined ? null : formatDecimal(decimal(rate.percent))
  return {
    kind: rate.tax,
    name: rate.name ?? name,
    category: percent === '0' ? ('Z' satisfies TaxCategory) : category,
    place: placeText(rate),
    order,
    base: rate.base ?? 'net',
    percent,
    perUnit: rate.perUnit ?? null,
  }
}

function unknownRate(table: RateTable, place: TaxPlace, { code }: TaxClass, day: string): string {
  const rows = rowsAt(table, place).filter(({ tax }) => kindOf(tax).isPrimary)
  const where = placeText(place)
  if (rows.length === 0) return `no rate is known for ${where}: add rows of your own for it`
  const classes = [...new Set(rows.map((row) => row.class))].sort()
  const first = rows.reduce((day, { from }) => (from < day ? from : day), '9999-12-31')
  return `no rate is known in ${where} for the tax class "${code}" on ${day} (known: ${classes.join(', ')}, the first from ${first} on): add a row of your own, or choose another class`
}
