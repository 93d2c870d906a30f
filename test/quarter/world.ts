import assert from 'node:assert/strict'
import { after } from 'node:test'
import { randomFrom } from '../../bench/workload.ts'
import { FakeStripe, STRIPE_KEY, STRIPE_WEBHOOK_SECRET } from '../../packages/fakes/src/fake-stripe.ts'
import type { Client, Json } from '../../src/cli/client.ts'
import { GIRO } from '../bank-files-made.ts'
import type { Line } from '../bank-world.ts'
import { seedOperator, startKvit, type TestKvit } from '../harness.ts'
import { SimulatedBank } from './bank.ts'

const TENANT = 'quarter'
export const PLANS = ['small', 'middle', 'large'] as const
const PLAN_FILE = `
plans:
  - { code: small, name: Small, currency: EUR, prices: [ { kind: recurring, code: fee, name: Small, amount: 9.90, every: { unit: month }, timing: advance } ] }
  - { code: middle, name: Middle, currency: EUR, prices: [ { kind: recurring, code: fee, name: Middle, amount: 24.90, every: { unit: month }, timing: advance } ] }
  - { code: large, name: Large, currency: EUR, prices: [ { kind: recurring, code: fee, name: Large, amount: 61.35, every: { unit: month }, timing: advance } ] }
`

/** `-12.30` is -1230n. */
export const minorOf = (text: unknown): bigint => BigInt(String(text).replace('.', ''))

/** A tenant on a test clock, with everybody that its money goes through: a card provider, a bank, and who pays. */
export class QuarterWorld {
  readonly kvit: TestKvit
  readonly client: Client
  readonly stripe: FakeStripe
  readonly bank = new SimulatedBank()
  readonly random = randomFrom(16)
  readonly happened = new Map<string, number>()
  day = '2026-01-01'
  private arriving: Promise<unknown>[] = []
  private keys = 0

  private constructor(kvit: TestKvit, stripe: FakeStripe) {
    this.kvit = kvit
    this.client = kvit.client
    this.stripe = stripe
    stripe.onWebhook = (message) => void this.arriving.push(this.deliver(message))
  }

  static async open(): Promise<QuarterWorld> {
    const stripe = new FakeStripe()
    const stripeUrl = await stripe.listen()
    after(() => stripe.close())
    const kvit = await startKvit(TENANT, '2026-01-01T06:00:00Z', undefined, undefined, { stripeUrl })
    const { client } = kvit
    await seedOperator(client, PLAN_FILE)
    const secrets = { secretKey: STRIPE_KEY, webhookSecret: STRIPE_WEBHOOK_SECRET }
    await client.post('/v1/payment-gateways/stripe', { adapter: 'stripe', secrets }, 'PUT')
    await client.post('/v1/bank-accounts', { key: 'giro', issuer: 'op', iban: GIRO, currency: 'EUR' })
    const debits = { creditorId: 'DE98ZZZ09999999999', notifiedDays: 2, leadDays: 1, cutOffHour: 14 }
    await client.post('/v1/settings/direct-debits', { values: debits }, 'PUT')
    await client.post('/v1/books', { issuer: 'op', currency: 'EUR', opensOn: '2026-01-01' })
    return new QuarterWorld(kvit, stripe)
  }

  happens(percent: number): boolean {
    return this.random() * 100 < percent
  }

  /** A whole number from `from` to `to`. */
  between(from: number, to: number): number {
    return from + Math.floor(this.random() * (to - from + 1))
  }

  /** One of a table by its share of a thousand; undefined for the rest. */
  pick<T>(shares: readonly (readonly [T, number])[]): T | undefined {
    let at = this.between(0, 999)
    return shares.find(([, perMille]) => {
      at -= perMille
      return at < 0
    })?.[0]
  }

  /** One more of what is told at the end. */
  note(what: string, times = 1): void {
    this.happened.set(what, (this.happened.get(what) ?? 0) + times)
  }

  key(prefix: string): string {
    return `${prefix}-${++this.keys}`
  }

  private async deliver({ headers, body }: Parameters<FakeStripe['onWebhook']>[0]): Promise<void> {
    const signed = {
      authorization: '',
      'kvit-tenant': '',
      'stripe-signature': String(headers['stripe-signature']),
    }
    const path = `/v1/callbacks/${TENANT}/payment-gateways/stripe`
    const { status, text } = await this.kvit.request('POST', path, { raw: body, headers: signed })
    assert.equal(Math.floor(status / 100), 2, text)
  }

  /** The next day has begun, and what was due on it is done. */
  async goTo(day: string): Promise<void> {
    this.day = day
    await this.client.post(`/v1/tenants/${TENANT}`, { clock: `${day}T06:00:00Z` }, 'PATCH')
    await this.settle()
  }

  /** Until nothing is under way: no webhook, no job that is due, no payment that is not known. */
  async settle(): Promise<void> {
    const deadline = performance.now() + 300_000
    while (performance.now() < deadline) {
      while (this.arriving.length > 0) await Promise.all(this.arriving.splice(0))
      // In this order: one that begins meanwhile is in the second list.
      const jobs = [...(await this.jobs('waiting')), ...(await this.jobs('running'))]
      const attempts = [...(await this.attempts('created')), ...(await this.attempts('unknown'))]
      const isKnown = attempts.length === 0 && (await this.isAllTold())
      if (jobs.length === 0 && isKnown && this.arriving.length === 0) return
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error(`on ${this.day} it does not come to rest: ${JSON.stringify(await this.jobs('waiting'))}`)
  }

  /** Whether Kvit knows of every payment and every dispute what the provider does. */
  private async isAllTold(): Promise<boolean> {
    const { books } = this.stripe
    const pending = await this.attempts('pending')
    if (pending.some(({ id }) => books.paymentOf(String(id))?.state === 'captured')) return false
    const known = await this.client.list<Json>('/v1/payment-disputes')
    const states = known.map(({ state }) => String(state)).toSorted()
    const actual = [...books.payments.values()].flatMap(({ disputes }) => disputes.map(({ state }) => state))
    return actual.toSorted().join() === states.join()
  }

  private async jobs(state: string): Promise<Json[]> {
    const jobs = await this.client.list<Json>(`/v1/jobs?state=${state}`)
    return state === 'running' ? jobs : jobs.filter(({ dueAt }) => String(dueAt) <= `${this.day}T06:00:00.000Z`)
  }

  async attempts(state: string): Promise<Json[]> {
    return this.client.list<Json>(`/v1/payment-attempts?state=${state}`)
  }

  /** Imports what the bank has booked on this day, and waits until rules have looked at it. */
  async importStatement(): Promise<void> {
    const raw = this.bank.statementOf(this.day)
    if (raw === null) return
    const headers = { 'content-type': 'application/octet-stream' }
    const { status, text } = await this.kvit.request('POST', '/v1/bank-files', { raw, headers })
    assert.equal(status, 201, text)
    await this.settle()
  }

  async lines(query: string): Promise<Line[]> {
    return this.client.list<Line>(`/v1/bank-lines?${query}`)
  }

  /** Balances of the ledger, debits above zero; all of them come to zero. */
  async ledger(): Promise<Map<string, bigint>> {
    const { items } = await this.client.get<{ items: { ledgerAccount: string; debit: string; credit: string }[] }>(
      '/v1/ledger/trial-balance',
    )
    return new Map(items.map(({ ledgerAccount, debit, credit }) => [ledgerAccount, minorOf(debit) - minorOf(credit)]))
  }
}
