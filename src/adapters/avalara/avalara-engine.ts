import type { TaxAddress } from '../../core/tax/supply.ts'
import type { EngineAccount, EngineAnswer, EngineQuestion, TaxEngine } from '../../modules/tax-engine/ports.ts'
import { allTold, askTaxEngine, noAnswer, type Told, textIn } from '../provider-http/tax-http.ts'

/** What a rate is asked for: an order of this amount, which Avalara computes and does not keep. */
const AMOUNT = 100
const RATE = /^\d(\.\d{1,8})?$|^0?\.\d{1,8}$/

/**
 * Avalara's AvaTax: `POST /api/v2/transactions/create` of a `SalesOrder`, which is computed and not recorded, with one line.
 * @param url of the service, such as `https://rest.avatax.com`
 */
export function avalaraEngine(url: string): TaxEngine {
  return {
    name: 'avalara',
    decide: async (question, as, signal) => {
      const request = {
        url: `${url}/api/v2/transactions/create?$include=Details`,
        headers: {
          authorization: `Basic ${Buffer.from(`${as.account}:${as.secret}`).toString('base64')}`,
          ...{ 'content-type': 'application/json', accept: 'application/json', 'x-avalara-client': 'Kvit' },
        },
        body: JSON.stringify(orderOf(question, as)),
      }
      return askTaxEngine({ ...request, signal }, answerOf)
    },
  }
}

function orderOf(question: EngineQuestion, { company }: EngineAccount): object {
  const { seller, buyer, deliveredTo, currency, taxCode, taxClass, suppliedOn } = question
  const [taxId] = buyer.taxIds
  const shipTo = deliveredTo ?? buyer.taxAddress ?? buyer.place
  return {
    ...{ type: 'SalesOrder', companyCode: company, date: suppliedOn, currencyCode: currency, customerCode: 'kvit' },
    ...(taxId === undefined ? {} : { businessIdentificationNo: taxId }),
    addresses: { shipFrom: addressOf(seller.taxAddress ?? seller.place), shipTo: addressOf(shipTo) },
    lines: [
      { number: '1', quantity: 1, amount: AMOUNT, ...(taxCode === null ? { description: taxClass } : { taxCode }) },
    ],
  }
}

function addressOf({ country, region, city, postcode }: TaxAddress): object {
  const parts = { region, city, postalCode: postcode }
  return { country, ...Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) }
}

function answerOf({ code, lines }: Told): EngineAnswer {
  const [line, ...others] = allTold(lines)
  if (line === undefined || others.length > 0) return noAnswer('its answer is none of AvaTax')
  const taxes = allTold(line['details']).map((detail) => taxOf(detail))
  if (taxes.some((tax) => tax === null)) return noAnswer('its answer has a rate that is none')
  const charged = taxes.filter((tax) => tax !== null && /[1-9]/.test(tax.percent))
  return {
    ...{ outcome: 'decided', reference: textIn(code), category: 'E' },
    taxes: charged as Extract<EngineAnswer, { outcome: 'decided' }>['taxes'],
    why: charged.length > 0 ? null : 'nothing is due there',
  }
}

/** `{"taxName": "TX STATE TAX", "jurisName": "TEXAS", "rate": 0.0625}` is 6.25 % of Texas. */
function taxOf(detail: Told): { kind: string; name: string; place: string; percent: string } | null {
  const { rate, taxName, taxType, jurisName, jurisType, country, region } = detail
  if (typeof rate !== 'string' || !RATE.test(rate)) return null
  const parts = [country, region, jurisType === 'Country' || jurisType === 'State' ? undefined : jurisName]
  const place = parts.filter((part): part is string => typeof part === 'string' && part !== '').join('/')
  return {
    kind: kindOf(String(taxType), country, String(jurisType)),
    name: textIn(taxName) ?? 'tax',
    place: textIn(place) ?? '',
    percent: asPercent(rate),
  }
}

const KINDS_OF_US: Readonly<Record<string, string>> = {
  County: 'county_tax',
  City: 'city_tax',
  Special: 'district_tax',
}

function kindOf(taxType: string, country: unknown, jurisType: string): string {
  if (country === 'US') return KINDS_OF_US[jurisType] ?? 'state_tax'
  if (/pst|qst/i.test(taxType)) return 'pst'
  return /gst/i.test(taxType) ? 'gst' : 'vat'
}

/** Two places to the right, in digits: `0.0625` is `6.25`. */
function asPercent(rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.')
  const digits = fraction.padEnd(2, '0')
  const left = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, '')
  const right = digits.slice(2).replace(/0+$/, '')
  return right === '' ? left : `${left}.${right}`
}
