import type { Client, Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { createSubscriber, seedOperator, startKvit, type TestKvit } from './harness.ts'

export const LIFE_PLANS = `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: small
    name: Small
    currency: EUR
    currencies:
      USD: { fee: { amount: 34.10 }, calls: { rate: { model: per_unit, unitAmount: 0.20 } } }
    prices:
      - { kind: recurring, code: fee, name: Small fee, amount: 31, every: { unit: month } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: graduated, tiers: [ { upTo: 100, unitAmount: 0.10 }, { upTo: null, unitAmount: 0.05 } ] } }
  - code: large
    name: Large
    currency: EUR
    prices:
      - { kind: one_off, code: visit, name: Installation, amount: 40 }
      - { kind: recurring, code: fee, name: Large fee, amount: 62, every: { unit: month } }
      - { kind: usage, code: calls, name: Calls at large, meter: minutes, rate: { model: per_unit, unitAmount: 0.01 } }
  - code: seats
    name: Seats
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Seats, every: { unit: month }, rate: { model: graduated, tiers: [ { upTo: 5, unitAmount: 31 }, { upTo: null, unitAmount: 15.50 } ] } }
      - { kind: recurring, code: number, name: Number kept, amount: 3.10, every: { unit: month }, whilePaused: charged }
  - code: phased
    name: With a trial
    currency: EUR
    phases: [ { code: trial, lasts: { unit: day, count: 14 } }, { code: intro, lasts: { unit: month, count: 1 } }, { code: evergreen, lasts: null } ]
    prices:
      - { kind: recurring, code: intro, name: Introductory fee, amount: 10, every: { unit: month }, phases: [intro] }
      - { kind: recurring, code: fee, name: Fee, amount: 20, every: { unit: month }, phases: [evergreen] }
      - { kind: usage, code: tried, name: Trial calls, meter: minutes, phases: [trial], rate: { model: per_unit, unitAmount: 0 } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, phases: [intro, evergreen], rate: { model: per_unit, unitAmount: 1 } }
  - code: talk
    name: Talk
    currency: EUR
    prices:
      - { kind: allowance, code: hour, name: 60 minutes, unit: min, amount: 60 }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 1 } }
  - code: talk-more
    name: Talk more
    currency: EUR
    prices:
      - { kind: allowance, code: day, name: 100 minutes, unit: min, amount: 100 }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 2 } }
  - code: extra
    name: Extra
    kind: add_on
    fits: [small]
    currency: EUR
    prices:
      - { kind: recurring, code: extra, name: Extra fee, amount: 3.10, every: { unit: month } }
`

type Line = Json & { description: string; amount: string; from: string; until: string; quantity: string }
export interface Invoice extends Json {
  id: string
  total: string
  billingDay: string
  document: { lines: Line[] }
}

/** A running Kvit with these plans, and short words for what tests of subscriptions do again and again. */
export class LifeWorld {
  readonly client: Client
  private readonly tenant: string
  private readonly send: TestKvit['request']

  constructor({ client, request }: TestKvit, tenant: string) {
    this.client = client
    this.send = request
    this.tenant = tenant
  }

  clock(time: string): Promise<unknown> {
    return this.client.post(`/v1/tenants/${this.tenant}`, { clock: time, back: true }, 'PATCH')
  }

  subscriber(key: string, plan: string, more: Json = {}): Promise<void> {
    return createSubscriber(this.client, key, { plan, startsAt: '2026-03-01T00:00:00Z', ...more })
  }

  change(key: string, body: Json): Promise<Json> {
    return this.client.post(`/v1/subscriptions/${key}/changes`, body)
  }

  /** The code of the problem that a request is answered with. */
  async refusal(path: string, body?: Json, method = 'POST'): Promise<unknown> {
    return (await this.send(method, path, body === undefined ? {} : { body })).json['code']
  }

  async use(id: string, service: string, time: string, minutes: string): Promise<Json> {
    return this.client.post('/v1/usage', [{ id, service, type: 'call', time, data: { minutes } }])
  }

  async billedTo(day: string): Promise<void> {
    await this.clock(`${day}T06:00:00Z`)
    await runBills(this.client, day)
  }

  async invoicesOf(account: string): Promise<Invoice[]> {
    const list = await this.client.list<Invoice>(`/v1/invoices?account=${account}`)
    return Promise.all(list.map(({ id }) => this.client.get<Invoice>(`/v1/invoices/${id}`)))
  }

  async lastLines(account: string): Promise<string[]> {
    const invoice = (await this.invoicesOf(account)).at(-1)
    return (invoice?.document.lines ?? []).map(({ description, amount }) => `${description} ${amount}`).sort()
  }
}

export async function startLife(tenant: string): Promise<LifeWorld> {
  const kvit = await startKvit(tenant, '2026-03-01T06:00:00Z')
  await seedOperator(kvit.client, LIFE_PLANS)
  return new LifeWorld(kvit, tenant)
}
