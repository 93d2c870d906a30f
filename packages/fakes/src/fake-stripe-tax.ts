import { FakeTaxServer, type TaxRequest } from './fake-tax-server.ts'

/** A part of a breakdown as Stripe has it, without the amounts. */
export interface FakeStripeTaxPart {
  readonly jurisdiction: {
    readonly country: string
    readonly state: string | null
    readonly level: 'country' | 'state' | 'county' | 'city' | 'district'
    readonly display_name: string
  }
  readonly tax_rate_details: { readonly display_name: string; readonly percentage_decimal: string; readonly tax_type: string } | null
  readonly taxability_reason: string
  /** A share of the amount in hundredths that it is on; all of it where there is none. */
  readonly share?: number
}

/** What one request asked. */
export interface AskedOfStripeTax {
  readonly authorization: string
  readonly form: Readonly<Record<string, string>>
}

/** Stripe's `POST /v1/tax/calculations`, by what its documentation says of requests and answers. */
export class FakeStripeTax extends FakeTaxServer {
  readonly asked: AskedOfStripeTax[] = []
  private readonly rates: Readonly<Record<string, readonly FakeStripeTaxPart[]>>

  /** @param rates by country, state and postcode, or less of it: `US/TX/78701`, `US/TX`, `DE`. The code `txcd_00000000` is not taxable */
  constructor(rates: Readonly<Record<string, readonly FakeStripeTaxPart[]>>) {
    super()
    this.rates = rates
  }

  protected answer({ method, url, authorization, text }: TaxRequest): [number, object] {
    const form = Object.fromEntries(new URLSearchParams(text))
    this.asked.push({ authorization, form })
    return method === 'POST' && url === '/v1/tax/calculations' ? this.computed(form) : [404, {}]
  }

  private computed(form: Readonly<Record<string, string>>): [number, object] {
    const fault = (code: string, message: string): object => ({ error: { type: 'invalid_request_error', code, message } })
    if (this.trouble === 'locked') return [401, fault('api_key_expired', 'Expired API Key provided')]
    if (this.trouble === 'strange') return [200, { line_items: { data: [{ tax_breakdown: [{ amount: 'much' }] }] } }]
    const address = (part: string): string | undefined => form[`customer_details[address][${part}]`]
    const country = address('country') ?? ''
    const postcode = address('postal_code')
    if (country === 'US' && postcode === undefined)
      return [400, fault('customer_tax_location_invalid', 'The customer’s location is not recognised: a postal code is needed.')]
    const places = [`${country}/${address('state')}/${postcode}`, `${country}/${address('state')}`, country]
    const found = places.map((place) => this.rates[place]).find((parts) => parts !== undefined) ?? []
    const amount = Number(form['line_items[0][amount]'])
    const isExempt = form['line_items[0][tax_code]'] === 'txcd_00000000'
    const breakdown = found.map(({ share = 100, ...part }) => {
      const details = isExempt || part.tax_rate_details === null ? null : part.tax_rate_details
      const on = (amount * share) / 100
      const tax = details === null ? 0 : Math.round((on * Number(details.percentage_decimal)) / 100)
      const reason = isExempt ? 'product_exempt' : part.taxability_reason
      const sums = { amount: tax, taxable_amount: details === null ? 0 : on }
      return { ...part, ...sums, sourcing: 'destination', tax_rate_details: details, taxability_reason: reason }
    })
    const amountTax = breakdown.reduce((sum, part) => sum + part.amount, 0)
    const line = { object: 'tax.calculation_line_item', amount, amount_tax: amountTax, tax_breakdown: breakdown }
    return [200, { id: `taxcalc_${this.asked.length}`, object: 'tax.calculation', line_items: { object: 'list', data: [line] } }]
  }
}
