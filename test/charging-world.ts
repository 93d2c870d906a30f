import assert from 'node:assert/strict'
import type { Json } from '../src/cli/client.ts'
import { seedOperator, startKvit, type TestKvit } from './harness.ts'

export const PLANS = `
meters:
  - { code: calls, name: Calls, eventType: call, aggregator: count, unit: call, scale: 0 }
  - { code: seconds, name: Seconds, eventType: voice, aggregator: sum, property: seconds, unit: s, scale: 0 }
  - { code: megabytes, name: Data, eventType: data, aggregator: sum, property: mb, unit: MB, scale: 3 }
plans:
  - code: mobile
    name: Mobile
    currency: EUR
    prices:
      - { kind: usage, code: call, name: Calls, meter: calls, rate: { model: per_unit, unitAmount: 1 } }
      - { kind: usage, code: voice, name: Voice, meter: seconds, rate: { model: per_unit, unitAmount: 0.01, increments: { first: 60, next: 1 }, connectionFee: 0.05 } }
      - kind: usage
        code: data
        name: Data
        meter: megabytes
        rate: { model: graduated, tiers: [ { upTo: 100, unitAmount: 0.02 }, { upTo: null, unitAmount: 0.01 } ] }
        whenExhausted: { action: redirect, redirectTo: "https://pay.example" }
  - code: bundle
    name: Bundle
    currency: EUR
    prices:
      - { kind: allowance, code: gigabyte, name: 1 GB, unit: MB, amount: 1024 }
      - { kind: usage, code: data, name: Data, meter: megabytes, rate: { model: per_unit, unitAmount: 0.02 } }
  - code: greeted
    name: A fee for each call, its first minute free
    currency: EUR
    prices:
      - { kind: usage, code: voice, name: Voice, meter: seconds, rate: { model: per_unit, unitAmount: 0.01, freePerSession: 60, connectionFee: 0.6 } }
`
export interface Answer extends Json {
  result: string
  reason?: string
  amount?: string
  duplicate?: boolean
  groups?: {
    type: string
    result: string
    granted: Record<string, string>
    validitySeconds: number
    reason?: string
    final?: Json
    throttleKbps?: number
  }[]
}

interface BalanceView extends Json {
  available: string | null
  credit: { limit: string | null; owed: string; held: string }
  balances: { unit: string; remaining: string; held: string; lots: Json[] }[]
  thresholdsCrossed: string[]
}

const TIME = '2026-02-10T12:00:00Z'

/** A tenant with prepaid plans, and the few things that tests of charging do again and again. */
export class ChargingWorld {
  readonly kvit: TestKvit
  private serial = 0

  constructor(kvit: TestKvit) {
    this.kvit = kvit
  }

  nextKey(): string {
    return `key-${++this.serial}`
  }

  async subscriber(key: string, options: Json = {}): Promise<void> {
    const { client } = this.kvit
    const { plan = 'mobile', services = [key], ...terms } = options
    await client.post('/v1/customers', { key, name: key })
    const account = { key, customer: key, issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
    await client.post('/v1/accounts', { ...account, ...terms })
    for (const service of services as string[])
      await client.post('/v1/services', { key: service, account: key, validFrom: '2026-01-01T00:00:00Z' })
    await client.post('/v1/subscriptions', { key, account: key, plan, startsAt: '2026-01-01T00:00:00Z' })
  }

  async topUp(account: string, amount: string, options: Json = {}): Promise<Json> {
    const draft = { key: this.nextKey(), account, amount, currency: 'EUR', method: 'cash' }
    return this.kvit.client.post('/v1/top-ups', { ...draft, ...options })
  }

  async ask(body: Json): Promise<Answer> {
    return this.kvit.client.post<Answer>('/v1/charging', { source: 'gw', time: TIME, ...body })
  }

  async event(service: string, type: string, data: Json, id: string = this.nextKey()): Promise<Answer> {
    return this.ask({ op: 'event', id, service, type, data })
  }

  async balances(account: string): Promise<BalanceView> {
    return this.kvit.client.get(`/v1/accounts/${account}/balances`)
  }

  /** Moves the tenant's clock, and waits until what is due by then has been looked after. */
  async moveClock(tenant: string, clock: string, isDone: () => Promise<boolean>): Promise<void> {
    assert.equal((await this.kvit.request('PATCH', `/v1/tenants/${tenant}`, { body: { clock } })).status, 200)
    for (let tries = 0; tries < 100 && !(await isDone()); tries++)
      await new Promise((resolve) => setTimeout(resolve, 50))
    assert.ok(await isDone())
  }
}

export async function startChargingWorld(tenant: string): Promise<ChargingWorld> {
  const kvit = await startKvit(tenant, TIME)
  await seedOperator(kvit.client, PLANS)
  return new ChargingWorld(kvit)
}
