import type { TaxPlace } from '../../core/tax/supply.ts'
import type { EngineAccount, EngineAnswer, EngineQuestion, TaxEngine } from '../../modules/tax-engine/ports.ts'
import { exactJson } from '../provider-http/exact-json.ts'

/** Answers are some kilobytes. */
const MAX_ANSWER_CHARACTERS = 200_000
const MAX_TEXT = 300
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
      //D
      try {
        return await decide(url, question, as, signal)
      } catch {
        return {
          outcome: 'no_answer',
          reason: signal.aborted ? 'it did not answer in time' : 'it could not be reached',
        }
      }
    },
  }
}

async function decide(
  url: string,
  question: EngineQuestion,
  { account, secret, company }: EngineAccount,
  signal: AbortSignal,
): Promise<EngineAnswer> {
  const { seller, buyer, deliveredTo, currency, taxCode, taxClass, suppliedOn } = question
  const [taxId] = buyer.taxIds
  const body = {
    ...{ type: 'SalesOrder', companyCode: company, date: suppliedOn, currencyCode: currency, customerCode: 'kvit' },
    ...(taxId === undefined ? {} : { businessIdentificationNo: taxId }),
    addresses: { shipFrom: addressOf(seller.place), shipTo: addressOf(deliveredTo ?? buyer.place) },
    lines: [
      { number: '1', quantity: 1, amount: AMOUNT, ...(taxCode === null ? { description: taxClass } : { taxCode }) },
    ],
  }
  const response = await fetch(`${url}/api/v2/transactions/create?$include=Details`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${account}:${secret}`).toString('base64')}`,
      ...{ 'content-type': 'application/json', accept: 'application/json', 'x-avalara-client': 'Kvit' },
    },
    body: JSON.stringify(body),
    redirect: 'error',
    signal,
  })
  const text = await response.text()
  if (text.length > MAX_ANSWER_CHARACTERS) return none('its answer is none of AvaTax')
  // Rates are read as they are written, never as floating point.
  const told = parsed(text)
  if (!response.ok) {
    const reason = faultOf(told) ?? `it answered with status ${response.status}`
    return response.status >= 400 && response.status < 500 && response.status !== 429
      ? { outcome: 'refused', reason }
      : none(reason)
  }
  return answerOf(told)
}

function addressOf({ country, region, city }: TaxPlace): object {
  return { country, ...(region === undefined ? {} : { region }), ...(city === undefined ? {} : { city }) }
}

type Told = Readonly<Record<string, unknown>>

/** Numbers stay texts: `0.0625` is no floating point. */
function parsed(text: string): Told {
  try {
    const value = exactJson(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function isObject(value: unknown): value is Told {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objects(value: unknown): readonly Told[] {
  return Array.isArray(value) ? (value as unknown[]).filter(isObject) : []
}

function faultOf({ error }: Told): string | null {
  const message = isObject(error) ? error['message'] : undefined
  return typeof message === 'string' ? message.slice(0, MAX_TEXT) : null
}

function answerOf({ code, lines }: Told): EngineAnswer {
  const [line, ...others] = objects(lines)
  if (line === undefined || others.length > 0) return none('its answer is none of AvaTax')
  const details = objects(line['details'])
  const taxes = details.map((detail) => taxOf(detail))
  if (taxes.some((tax) => tax === null)) return none('its answer has a rate that is none')
  const reference = typeof code === 'string' && code !== '' ? code.slice(0, MAX_TEXT) : null
  const charged = taxes.filter((tax) => tax !== null && /[1-9]/.test(tax.percent))
  return {
    ...{ outcome: 'decided', reference, category: 'E' },
    taxes: charged as Extract<EngineAnswer, { outcome: 'decided' }>['taxes'],
    why: charged.length > 0 ? null : 'nothing is due there',
  }
}

/** `{"taxName": "TX STATE TAX", "jurisName": "TEXAS", "rate": 0.0625}` is 6.25 % of Texas. */
function taxOf(detail: Told): { kind: string; name: string; place: string; percent: string } | null {
  const { rate, taxName, taxType, jurisName, jurisType, country, region } = detail
  if (typeof rate !== 'string' || !RATE.test(rate)) return null
  const name = typeof taxName === 'string' && taxName !== '' ? taxName.slice(0, MAX_TEXT) : 'tax'
  const parts = [country, region, jurisType === 'Country' || jurisType === 'State' ? undefined : jurisName]
  const place = parts.filter((part): part is string => typeof part === 'string' && part !== '').join('/')
  return {
    kind: kindOf(String(taxType), country, String(jurisType)),
    name,
    place: place.slice(0, MAX_TEXT),
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

function none(reason: string): EngineAnswer {
  return { outcome: 'no_answer', reason }
}
