import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Client, Json } from '../src/cli/client.ts'
import { checkHolds, seedOperator, startKvit, type TestKvit } from './harness.ts'
import { until } from './test-postgres.ts'

/** The page with its examples. */
export const PAGE = readFileSync(join(import.meta.dirname, '../docs/dunning.md'), 'utf8')
/** The policies of docs/dunning.md: an internet provider's, and one of a segment. */
export const [ISP, GOLD] = [...PAGE.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(
  ([, text = '']) => parse(text) as Json & { readonly steps: readonly Json[] },
) as [Json & { readonly steps: readonly Json[] }, Json]

export interface Standing extends Json {
  readonly asked: string
  readonly overdue: string
  readonly stops: readonly string[]
  readonly next: { readonly step: string; readonly on: string } | null
  readonly run:
    | (Json & { readonly steps: readonly Json[]; readonly block: string | null; readonly state: string })
    | null
}

/** A tenant with a policy, whose clock stands where a test puts it. */
export class DunningWorld {
  readonly kvit: TestKvit
  readonly client: Client
  private readonly tenant: string
  /** Where its clock was put last. */
  day = ''

  private constructor(kvit: TestKvit, tenant: string) {
    this.kvit = kvit
    this.client = kvit.client
    this.tenant = tenant
  }

  static async start(tenant: string, clock: string): Promise<DunningWorld> {
    const kvit = await startKvit(tenant, clock)
    await seedOperator(kvit.client)
    return new DunningWorld(kvit, tenant)
  }

  /** The clock stands at noon of a day from now on, by UTC. */
  async move(day: string, back = false): Promise<void> {
    this.day = day
    await this.client.post(`/v1/tenants/${this.tenant}`, { clock: `${day}T12:00:00Z`, back }, 'PATCH')
  }

  async account(key: string, more: Json = {}): Promise<void> {
    const { kind, customer = {}, ...terms } = more as { kind?: string; customer?: Json }
    await this.client.post('/v1/customers', {
      key,
      name: `Customer ${key}`,
      ...(kind === undefined ? {} : { kind }),
      ...customer,
    })
    const account = {
      key,
      customer: key,
      issuer: 'op',
      currency: 'EUR',
      zone: 'UTC',
      cycleAnchor: '2026-01-01',
      termsDays: 14,
    }
    await this.client.post('/v1/accounts', { ...account, ...terms })
  }

  /** A document of so much, due after the terms of the account. @returns its id */
  async owe(account: string, amount: string, key = `${account}-1`): Promise<string> {
    const lines = [{ description: 'Internet', quantity: '1', unitPrice: amount }]
    const made = await this.client.post<Json>('/v1/one-off-invoices', { key, account, lines })
    return String(made['invoiceId'])
  }

  async pay(account: string, amount: string, key: string, currency = 'EUR'): Promise<void> {
    await this.client.post('/v1/payments', { key, account, method: 'bank', currency, amount })
  }

  async bounce(key: string): Promise<void> {
    await this.client.post(`/v1/payments/${key}/reversal`, { reason: 'bounced' })
  }

  async run(account?: string): Promise<Json> {
    return this.client.post<Json>('/v1/dunning-runs', account === undefined ? {} : { account })
  }

  async standing(account: string): Promise<Standing> {
    return this.client.get<Standing>(`/v1/accounts/${account}/dunning`)
  }

  /** `reminder done 2026-01-18` of each step of the last run. */
  async steps(account: string): Promise<string[]> {
    const { run } = await this.standing(account)
    return (run?.steps ?? []).map(({ step, state, on }) => `${String(step)} ${String(state)} ${String(on)}`)
  }

  /** Waits until what follows events has looked at an account. */
  async becomes(account: string, what: string, holds: (standing: Standing) => boolean): Promise<void> {
    await until(`${account}: ${what}`, async () => holds(await this.standing(account)))
  }

  async holds(): Promise<string[]> {
    return checkHolds(this.client)
  }
}
