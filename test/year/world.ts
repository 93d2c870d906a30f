import assert from 'node:assert/strict'
import { after } from 'node:test'
import pg from 'pg'
import { randomFrom } from '../../bench/workload.ts'
import { FakeMailServer } from '../../packages/fakes/src/fake-mail-server.ts'
import { FakeSmsGateway } from '../../packages/fakes/src/fake-sms-gateway.ts'
import { FakeStripe, STRIPE_KEY, STRIPE_WEBHOOK_SECRET } from '../../packages/fakes/src/fake-stripe.ts'
import type { Client, Json } from '../../src/cli/client.ts'
import { PeriodicTask } from '../../src/platform/periodic-task.ts'
import { GIRO } from '../bank-files-made.ts'
import type { Line } from '../bank-world.ts'
import { seedOperator, startKvit, type TestKvit } from '../harness.ts'
import { SimulatedBank } from './bank.ts'

export const TENANT = 'year'
/** When days begin, and steps of dunning are done. */
const HOUR = 6
export const PLANS = ['small', 'middle', 'large'] as const
const PLAN_FILE = `
plans:
  - { code: small, name: Small, currency: EUR, prices: [ { kind: recurring, code: fee, name: Small, amount: 9.90, every: { unit: month }, timing: advance } ] }
  - { code: middle, name: Middle, currency: EUR, prices: [ { kind: recurring, code: fee, name: Middle, amount: 24.90, every: { unit: month }, timing: advance } ] }
  - { code: large, name: Large, currency: EUR, prices: [ { kind: recurring, code: fee, name: Large, amount: 61.35, every: { unit: month }, timing: advance } ] }
`

interface Outside {
  readonly stripe: FakeStripe
  readonly mail: FakeMailServer
  readonly sms: FakeSmsGateway
  readonly database: pg.Client
}

/** `-12.30` is -1230n. */
export const minorOf = (text: unknown): bigint => BigInt(String(text).replace('.', ''))

/** What is not at rest by then never is, or is tried again in vain. */
const PATIENCE_MS = Number(process.env['KVIT_TEST_PATIENCE_MS'] ?? 300_000)
/** Who looks for work each second does so more often here: a year would wait for some thousands of such seconds. */
const LOOK_MS = 150
const start = Reflect.get(PeriodicTask.prototype, 'start') as (this: PeriodicTask) => void
PeriodicTask.prototype.start = function startSooner(this: PeriodicTask): void {
  const everyMs = Number(Reflect.get(this, 'everyMs'))
  Reflect.set(this, 'everyMs', everyMs > 1_000 ? everyMs : Math.min(everyMs, LOOK_MS))
  start.call(this)
}

/** What the database has under way that is due; all of it is nothing when a day has come to rest. */
const UNDER_WAY = `select
  (select count(*) from job where state = 'running' or (state = 'waiting' and due_at <= $1))::int as jobs,
  (select count(*) from payment_attempt where state in ('created', 'unknown'))::int as attempts,
  (select count(*) from event where seq is null)::int + (select count(*) from event_subscriber where seq < (select seq from event_head))::int as events,
  (select count(*) from notice where state = 'new')::int as notices,
  (select count(*) from notice_send where state = 'sending' or (state = 'waiting' and due_at <= $1))::int as messages,
  (select count(*) from service_block_unread)::int as blocks`

/** A tenant on a test clock, with everybody that its money and its messages go through: a card provider, a bank, who pays, a mail server and an SMS gateway. */
export class YearWorld {
  readonly kvit: TestKvit
  readonly client: Client
  readonly stripe: FakeStripe
  readonly mail: FakeMailServer
  readonly sms: FakeSmsGateway
  readonly database: pg.Client
  readonly bank = new SimulatedBank()
  readonly random = randomFrom(16)
  readonly happened = new Map<string, number>()
  day = '2026-01-01'
  private arriving: Promise<unknown>[] = []
  private keys = 0

  private constructor(kvit: TestKvit, { stripe, mail, sms, database }: Outside) {
    this.kvit = kvit
    this.client = kvit.client
    this.stripe = stripe
    this.mail = mail
    this.sms = sms
    this.database = database
    stripe.onWebhook = (message) => void this.arriving.push(this.deliver(message))
  }

  static async open(): Promise<YearWorld> {
    const stripe = new FakeStripe()
    const mail = new FakeMailServer()
    const sms = new FakeSmsGateway({ user: 'year', secret: 'sesame', callbackSecret: 'other' })
    const [stripeUrl, smsUrl, mailPort] = [await stripe.listen(), await sms.listen(), await mail.listen()]
    after(async () => {
      sms.close()
      stripe.close()
      await mail.close()
    })
    const kvit = await startKvit(TENANT, `2026-01-01T0${HOUR}:00:00Z`, undefined, undefined, {
      ...{ stripeUrl, privateHosts: [`localhost:${mailPort}`, new URL(smsUrl).host] },
    })
    const { client } = kvit
    const database = new pg.Client({ connectionString: kvit.config.databaseUrl })
    await database.connect()
    after(async () => database.end())
    await database.query(`set search_path to t_${TENANT}`)
    await seedOperator(client, PLAN_FILE)
    const secrets = { secretKey: STRIPE_KEY, webhookSecret: STRIPE_WEBHOOK_SECRET }
    await client.post('/v1/payment-gateways/stripe', { adapter: 'stripe', secrets }, 'PUT')
    await client.post('/v1/bank-accounts', { key: 'giro', issuer: 'op', iban: GIRO, currency: 'EUR' })
    const debits = { creditorId: 'DE98ZZZ09999999999', notifiedDays: 2, leadDays: 1, cutOffHour: 14 }
    await client.post('/v1/settings/direct-debits', { values: debits }, 'PUT')
    await client.post('/v1/books', { issuer: 'op', currency: 'EUR', opensOn: '2026-01-01' })
    const server = {
      host: 'localhost',
      port: mailPort,
      security: 'none',
      fromName: 'Op',
      fromAddress: 'op@example.com',
    }
    await client.post('/v1/settings/mail', { values: server }, 'PUT')
    const gateway = { preset: 'generic', from: 'Op', shape: { url: `${smsUrl}/messages` } }
    await client.post('/v1/settings/sms-http', { values: gateway, secrets: { secret: 'sesame' } }, 'PUT')
    await client.post('/v1/settings/dunning', { values: { schedule: 'daily', hour: HOUR, zone: 'UTC' } }, 'PUT')
    return new YearWorld(kvit, { stripe, mail, sms, database })
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
    await this.client.post(`/v1/tenants/${TENANT}`, { clock: `${day}T0${HOUR}:00:00Z` }, 'PATCH')
    await this.settle()
  }

  /** Until nothing is under way: no webhook, no job that is due, no payment that is not known, no event that somebody has not followed, no message. */
  async settle(): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS
    while (performance.now() < deadline) {
      while (this.arriving.length > 0) await Promise.all(this.arriving.splice(0))
      const left = await this.underWay()
      if (left === null && (await this.isAllTold()) && this.arriving.length === 0) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`on ${this.day} it does not come to rest: ${JSON.stringify(await this.underWay())}`)
  }

  /** Null where nothing is. */
  private async underWay(): Promise<Json | null> {
    const [counts = {}] = await this.rows(UNDER_WAY, [`${this.day}T0${HOUR}:00:00Z`])
    return Object.values(counts).every((count) => count === 0) ? null : counts
  }

  /** Whether Kvit knows of every payment and every dispute what the provider does. */
  private async isAllTold(): Promise<boolean> {
    const { books } = this.stripe
    const pending = await this.rows(`select id from payment_attempt where state = 'pending'`)
    if (pending.some(({ id }) => books.paymentOf(String(id))?.state === 'captured')) return false
    const known = (await this.rows('select state from payment_dispute')).map(({ state }) => String(state))
    const actual = [...books.payments.values()].flatMap(({ disputes }) => disputes.map(({ state }) => state))
    return actual.toSorted().join() === known.toSorted().join()
  }

  /** What the tables of the tenant have, without Kvit between them and who compares. */
  async rows(query: string, values: unknown[] = []): Promise<Json[]> {
    return (await this.database.query<Json>(query, values)).rows
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
