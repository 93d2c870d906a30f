import type { TaxAddress } from '../../core/tax/supply.ts'
import type { TaxCategory } from '../../core/tax/tax.ts'
import type { EngineAnswer, EngineQuestion, TaxEngine } from '../../modules/tax-engine/ports.ts'
import { allTold, askTaxEngine, asTold, noAnswer, type Told, textIn } from '../provider-http/tax-http.ts'
import { encoded, type Parameters, VERSION } from './stripe-api.ts'

/** What a rate is asked for, in the smallest unit of the currency. A calculation is no sale: Stripe forgets it, and reports nothing. */
const AMOUNT = '10000'
const PERCENT = /^\d{1,3}(\.\d{1,8})?$/
const NOON_S = 43_200
/** All taxes of a supply together are never so much. */
const MOST_PERCENT = 100

/** Stripe's words for tax ids, by the country that they begin with. */
const TAX_IDS: Readonly<Record<string, string>> = { GB: 'gb_vat', CH: 'ch_vat', NO: 'no_vat' }
const UNION = /^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)/

/**
 * Stripe Tax: `POST /v1/tax/calculations` with one line.
 * @param url of the service, such as `https://api.stripe.com`
 */
export function stripeTaxEngine(url: string): TaxEngine {
  return {
    name: 'stripe_tax',
    decide: async (question, { secret }, signal) =>
      askTaxEngine(
        {
          url: `${url}/v1/tax/calculations`,
          headers: {
            ...{ authorization: `Bearer ${secret}`, 'stripe-version': VERSION },
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: encoded(calculationOf(question)).toString(),
          signal,
        },
        answerOf,
      ),
  }
}

function calculationOf(question: EngineQuestion): Parameters {
  const { seller, buyer, deliveredTo, currency, taxCode, suppliedOn } = question
  const ids = buyer.taxIds.map((id) => ({ type: typeOf(id), value: id }))
  const taxId = ids.find(({ type }) => type !== undefined)
  return {
    currency: currency.toLowerCase(),
    tax_date: Date.parse(`${suppliedOn}T00:00:00Z`) / 1_000 + NOON_S,
    line_items: { 0: { amount: AMOUNT, reference: 'kvit', tax_behavior: 'exclusive', tax_code: taxCode } },
    customer_details: {
      address: addressOf(deliveredTo ?? buyer.taxAddress ?? buyer.place),
      address_source: deliveredTo === null ? 'billing' : 'shipping',
      ...(taxId === undefined ? {} : { tax_ids: { 0: taxId } }),
    },
    ship_from_details: { address: addressOf(seller.taxAddress ?? seller.place) },
    expand: ['line_items.data.tax_breakdown'],
  }
}

function typeOf(taxId: string): string | undefined {
  return TAX_IDS[taxId.slice(0, 2)] ?? (UNION.test(taxId) ? 'eu_vat' : undefined)
}

function addressOf({ country, region, city, postcode }: TaxAddress): Parameters {
  return { country, state: region, city, postal_code: postcode }
}

/** What Stripe says of why nothing is due. With any other reason, such as `not_supported`, it does not know. */
const CATEGORIES: Readonly<Record<string, TaxCategory>> = {
  reverse_charge: 'AE',
  zero_rated: 'Z',
  not_collecting: 'O',
  not_subject_to_tax: 'O',
  ...{ product_exempt: 'E', product_exempt_holiday: 'E', customer_exempt: 'E' },
}

function answerOf({ id, line_items: lines }: Told): EngineAnswer {
  const [line, ...others] = allTold(asTold(lines)['data'])
  const breakdown = line?.['tax_breakdown']
  if (line === undefined || others.length > 0 || !Array.isArray(breakdown))
    return noAnswer('its answer is no calculation')
  const parts = allTold(breakdown)
  const charged = parts.filter(isCharged)
  // Kvit has percentages of the whole amount, and says so rather than to charge a wrong one.
  if (charged.some((part) => part['taxable_amount'] !== AMOUNT))
    return noAnswer('it taxes a part of the amount, which cannot be said as a percentage of all of it')
  const taxes = charged.map(taxOf)
  const sum = taxes.reduce((all, { percent }) => all + Number(percent), 0)
  if (sum > MOST_PERCENT || !isSumOf(line['amount_tax'], sum, charged.length))
    return noAnswer('its rates are not those of its amounts, such as a tax of a fixed amount')
  const reference = textIn(id)
  if (taxes.length > 0) return { outcome: 'decided', reference, taxes, category: 'S', why: null }
  const reasons = [...new Set(parts.map((part) => textIn(part['taxability_reason']) ?? 'no reason'))]
  const category = CATEGORIES[reasons[0] ?? '']
  if (category === undefined || reasons.some((reason) => CATEGORIES[reason] === undefined))
    return noAnswer(`it says of no tax: ${reasons.join(', ') || 'nothing'}`)
  return { outcome: 'decided', reference, taxes, category, why: reasons.join(', ').replaceAll('_', ' ') }
}

/** Whether the tax of an amount of 10,000 is what its rates come to, each rounded by itself: what is compared is rounded, so it may be a unit apart for each. */
function isSumOf(amountTax: unknown, percent: number, count: number): boolean {
  return typeof amountTax === 'string' && Math.abs(Number(amountTax) - percent * (Number(AMOUNT) / 100)) <= count
}

/** `{"percentage_decimal": "6.25"}` is a text already: six and a quarter per cent. */
function percentIn(part: Told): string | null {
  const { percentage_decimal: percent } = asTold(part['tax_rate_details'])
  if (typeof percent !== 'string' || !PERCENT.test(percent)) return null
  return percent.includes('.') ? percent.replace(/\.?0+$/, '') : percent
}

function isCharged(part: Told): boolean {
  return /[1-9]/.test(percentIn(part) ?? '')
}

function taxOf(part: Told): { kind: string; name: string; place: string; percent: string } {
  const { tax_type: type, display_name: name } = asTold(part['tax_rate_details'])
  const { country, state, level, display_name: where } = asTold(part['jurisdiction'])
  const parts = [country, state, level === 'country' || level === 'state' ? undefined : where]
  const place = parts.filter((one): one is string => typeof one === 'string' && one !== '').join('/')
  const kind = kindOf(String(type), String(level))
  return { kind, name: textIn(name) ?? 'tax', place: textIn(place) ?? '', percent: percentIn(part) ?? '' }
}

const KINDS: Readonly<Record<string, string>> = {
  vat: 'vat',
  gst: 'gst',
  hst: 'gst',
  igst: 'gst',
  pst: 'pst',
  qst: 'pst',
  rst: 'pst',
}
const KINDS_BY_LEVEL: Readonly<Record<string, string>> = {
  county: 'county_tax',
  city: 'city_tax',
  district: 'district_tax',
}

function kindOf(type: string, level: string): string {
  return KINDS[type] ?? KINDS_BY_LEVEL[level] ?? 'state_tax'
}
