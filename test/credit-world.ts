import type { Client, Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { startKvit, type TestKvit } from './harness.ts'

/** A note on request, as the API answers. */
export interface Note extends Json {
  readonly id: string
  readonly left: string
  readonly lowered: string
  readonly refund: { readonly id: string; readonly amount: string } | null
  readonly rebilled: readonly { readonly id: string; readonly number: string; readonly total: string }[]
  readonly document: CreditedDocument
}

export interface CreditedDocument {
  readonly number: string
  readonly kind: string
  readonly reason?: string
  readonly corrects?: readonly string[]
  readonly lines: readonly {
    readonly description: string
    readonly from: string
    readonly corrected?: Json
    readonly amount: string
    readonly quantity: string
    readonly unitAmount: string | null
    readonly tax?: readonly { readonly tax: string }[]
  }[]
  readonly totals: { readonly net: string; readonly tax: string; readonly total: string }
}

export interface ShownDocument extends Json {
  readonly id: string
  readonly number: string
  readonly state: string
  readonly total: string
  readonly open: string
  readonly document: CreditedDocument
}

const PRICES = `meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 0 }
  - { code: levied, name: Levied minutes, eventType: levied, aggregator: sum, property: minutes, unit: min, scale: 0 }
plans:`
const fee = (code: string, amount: string, more = ''): string =>
  `{ kind: recurring, code: ${code}, name: ${code}, amount: ${amount}, every: { unit: month }, timing: arrears${more} }`
const calls = (more = ''): string =>
  `{ kind: usage, code: calls, name: calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.1 }${more} }`
const LEVIED =
  '{ kind: usage, code: levied, name: levied, meter: levied, taxClass: telecom, rate: { model: graduated, tiers: [{ upTo: 100, unitAmount: 1 }, { upTo: null, unitAmount: 0.1 }] } }'
const plan = (code: string, ...prices: string[]): string =>
  `\n  - { code: ${code}, name: ${code}, currency: EUR, prices: [${prices.join(', ')}] }`
const advance = (code: string, amount: string): string =>
  `{ kind: recurring, code: ${code}, name: ${code}, amount: ${amount}, every: { unit: month } }`

/** Countries with standard rates of 20, 25 and 10 %, an issuer in each; a levy of 0.50 on each minute of telecommunication in XA. */
export class CreditWorld {
  readonly kvit: TestKvit
  readonly client: Client
  private keys = 0
  private readonly tenant: string

  private constructor(kvit: TestKvit, tenant: string) {
    this.kvit = kvit
    this.client = kvit.client
    this.tenant = tenant
  }

  static async start(tenant: string): Promise<CreditWorld> {
    const kvit = await startKvit(tenant, '2026-01-01T06:00:00Z', 4_000, 0)
    const { client } = kvit
    const standard = { tax: 'vat', class: 'standard', from: '2020-01-01' }
    await client.post('/v1/tax-rates', {
      ...{ source: 'a test', asOf: '2026-01-01' },
      rates: [
        ...Object.entries({ XA: '20', XB: '25', XC: '10' }).map(([country, percent]) => ({
          country,
          ...standard,
          percent,
        })),
        { country: 'XA', tax: 'vat', class: 'reduced', from: '2020-01-01', percent: '5' },
        { country: 'XA', tax: 'levy', class: 'telecom', from: '2020-01-01', perUnit: '0.5', currency: 'EUR' },
      ],
    })
    for (const country of ['XA', 'XB', 'XC', 'XN'])
      await client.post('/v1/issuers', {
        ...{ key: country, name: country, address: country, invoiceSeries: country, creditNoteSeries: `C${country}` },
        ...(country === 'XN'
          ? {}
          : { postalAddress: { country }, registrations: [{ country, number: 'X123', from: '2020-01-01' }] }),
      })
    const text = [
      PRICES,
      plan('tx-7', fee('a', '60'), fee('b', '40')),
      plan('cn-4-a', advance('a', '68.33')),
      plan('cn-4-c', advance('a', '57.50')),
      plan('cn-4-d', advance('a', '85')),
      plan('calls', calls()),
      plan('mixed', fee('a', '33.33'), fee('b', '10.01', ', taxClass: reduced_service'), calls()),
      plan('levied', LEVIED),
      plan('prepaid', advance('a', '10'), calls()),
    ].join('')
    await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text }] })
    return new CreditWorld(kvit, tenant)
  }

  /** A consumer with an account, a service and subscriptions, each of the name of the account. */
  async subscriber(
    key: string,
    { country = 'XA', plans, ...account }: Json & { country?: string; plans: readonly string[] },
  ): Promise<void> {
    const { client } = this
    const address = country === 'XN' ? {} : { kind: 'consumer', postalAddress: { country } }
    await client.post('/v1/customers', { key, name: key, ...address })
    await client.post('/v1/accounts', {
      ...{ key, customer: key, issuer: country, currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' },
      ...account,
    })
    await client.post('/v1/services', { key, account: key, validFrom: '2026-01-01T00:00:00Z' })
    for (const [at, code] of plans.entries())
      await client.post('/v1/subscriptions', {
        ...{ key: `${key}-${at}`, account: key, plan: code, startsAt: '2026-01-01T00:00:00Z', alignment: 'calendar' },
      })
  }

  async setClock(day: string): Promise<void> {
    await this.client.post(`/v1/tenants/${this.tenant}`, { clock: `${day}T06:00:00Z`, back: true }, 'PATCH')
  }

  async bill(day: string): Promise<void> {
    await this.setClock(day)
    await runBills(this.client, day)
  }

  async use(service: string, id: string, minutes: string, { type = 'call', day = '2026-01-05' } = {}): Promise<void> {
    const record = {
      id: `${service}-${id}`,
      source: 'switch',
      service,
      type,
      time: `${day}T10:00:00Z`,
      data: { minutes },
    }
    await this.client.post('/v1/usage', [record])
  }

  async retract(service: string, id: string): Promise<void> {
    const name = `${service}-${id}`
    await this.client.post('/v1/usage-corrections', {
      ...{ key: `retract-${name}`, source: 'switch', id: name, action: 'retract', reason: 'a mistake' },
    })
  }

  async documents(account: string): Promise<ShownDocument[]> {
    const list = await this.client.list(`/v1/invoices?account=${account}`)
    return Promise.all(list.map(({ id }) => this.client.get<ShownDocument>(`/v1/invoices/${id}`)))
  }

  async first(account: string): Promise<ShownDocument> {
    return (await this.documents(account))[0] as ShownDocument
  }

  async last(account: string): Promise<ShownDocument> {
    return (await this.documents(account)).at(-1) as ShownDocument
  }

  async credit(number: string, body: Json = {}): Promise<Note> {
    const key = `note-${++this.keys}`
    return this.client.post<Note>(`/v1/invoices/${number}/credit-notes`, { key, reason: 'goodwill', ...body })
  }

  async void(number: string, body: Json): Promise<Note> {
    const key = `void-${++this.keys}`
    return this.client.post<Note>(`/v1/invoices/${number}/void`, { key, reason: 'billing_error', ...body })
  }

  /** The sentence by which a request is refused. */
  async refused(path: string, body: Json): Promise<string> {
    const key = `refused-${++this.keys}`
    const { status, json } = await this.kvit.request('POST', path, { body: { key, reason: 'goodwill', ...body } })
    return `${status} ${String(json['detail'])}`
  }

  async pay(account: string, amount: string): Promise<void> {
    await this.client.post('/v1/payments', {
      account,
      amount,
      currency: 'EUR',
      method: 'bank',
      key: `pay-${++this.keys}`,
    })
  }
}

export const sums = ({ document: { totals } }: { readonly document: CreditedDocument }): string =>
  `${totals.net} + ${totals.tax} = ${totals.total}`

export const lines = ({ document }: { readonly document: CreditedDocument }): string[] =>
  document.lines.map(({ amount, tax = [] }) => `${amount} + ${tax.map((one) => one.tax).join(' + ')}`)
