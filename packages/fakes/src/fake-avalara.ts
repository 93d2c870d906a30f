import { FakeTaxServer, type TaxRequest } from './fake-tax-server.ts'

/** A jurisdiction with its rate, as a decimal of one: `0.0625` is 6.25 %. */
export interface FakeJurisdiction {
  readonly country: string
  readonly region: string
  readonly jurisType: 'Country' | 'State' | 'County' | 'City' | 'Special'
  readonly jurisName: string
  readonly taxName: string
  readonly taxType: string
  readonly rate: number
}

/** What one request asked. */
export interface AskedOfAvalara {
  readonly authorization: string
  readonly body: {
    readonly type: string
    readonly companyCode: string
    readonly date: string
    readonly addresses: { readonly shipTo: { readonly country: string; readonly region?: string } }
    readonly lines: readonly { readonly amount: number; readonly taxCode?: string; readonly description?: string }[]
  }
}

/** AvaTax's `POST /api/v2/transactions/create`, by what its documentation says of requests and answers. */
export class FakeAvalara extends FakeTaxServer {
  readonly asked: AskedOfAvalara[] = []
  private readonly rates: Readonly<Record<string, readonly FakeJurisdiction[]>>

  /** @param rates by country or region: `US/TX`, `CA` */
  constructor(rates: Readonly<Record<string, readonly FakeJurisdiction[]>>) {
    super()
    this.rates = rates
  }

  protected answer({ method, url, authorization, text }: TaxRequest): [number, object] {
    const body = JSON.parse(text) as AskedOfAvalara['body']
    this.asked.push({ authorization, body })
    return method === 'POST' && url.startsWith('/api/v2/transactions/create') ? this.computed(body) : [404, {}]
  }

  private computed({ type, addresses, lines }: AskedOfAvalara['body']): [number, object] {
    const fault = (code: string, message: string): object => ({ error: { code, message, target: 'HttpRequest' } })
    if (this.trouble === 'locked') return [401, fault('AuthenticationException', 'Authentication failed.')]
    if (this.trouble === 'strange') return [200, { lines: [{ details: [{ rate: 'much' }] }] }]
    const [line] = lines
    if (type !== 'SalesOrder' || line === undefined) return [400, fault('InvalidTransaction', 'No lines.')]
    const { country, region } = addresses.shipTo
    const found = this.rates[region === undefined ? country : `${country}/${region}`] ?? this.rates[country] ?? []
    const isExempt = line.taxCode === 'NT'
    const details = found.map((one) => {
      const rate = isExempt ? 0 : one.rate
      return { ...one, rate, tax: Math.round(line.amount * rate * 100) / 100, taxableAmount: line.amount }
    })
    return [201, { id: 0, code: `order-${this.asked.length}`, status: 'Temporary', lines: [{ lineNumber: '1', details }] }]
  }
}
