import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, test } from 'node:test'
import { randomFrom } from '../bench/workload.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { checkHolds, seedOperator, testConfig } from './harness.ts'
import { ServerProcess } from './server-process.ts'

/**
 * Random operations, and a server that is killed again and again: the events tell exactly what happened, once, and causes
 * come before effects. More of it: `KVIT_TEST_OPERATIONS=10000 KVIT_TEST_KILLS=40 node tools/run-tests.ts test/event-history.test.ts`.
 */
const OPERATIONS = Number(process.env['KVIT_TEST_OPERATIONS'] ?? 160)
const KILLS = Number(process.env['KVIT_TEST_KILLS'] ?? 3)
const WORKERS = OPERATIONS < 1_000 ? 6 : 24
const CLOCK = '2026-02-10T12:00:00Z'

interface Told extends Json {
  readonly id: string
  readonly seq: number
  readonly type: string
  readonly objectId: string
  readonly accountId: string | null
  readonly customerId: string | null
  readonly data: Json
}

interface Account {
  readonly id: string
  readonly key: string
  readonly subscription: string
  quantity: number
}

/** What somebody does, with what answers say of it. */
class Operator {
  private readonly client: Client
  private readonly random: () => number
  private readonly name: string
  private serial = 0
  private readonly accounts: Account[] = []
  private readonly payments: string[] = []
  private readonly topUps: string[] = []
  /** What must be told, once each: type and object. */
  readonly expected: string[] = []
  /** Pairs of those: the first comes before the second. */
  readonly order: [string, string][] = []
  /** Records that were sent and cannot be charged. */
  strange = 0

  constructor(client: Client, number: number) {
    this.client = client
    this.random = randomFrom(number + 1)
    this.name = `w${number}`
  }

  private key(): string {
    return `${this.name}-${++this.serial}`
  }

  private pick<T>(among: readonly T[]): T {
    return among[Math.floor(this.random() * among.length)] as T
  }

  /** @param causes what is told before it */
  private expect(type: string, objectId: unknown, ...causes: string[]): string {
    const name = `${type} ${String(objectId)}`
    this.expected.push(name)
    for (const cause of causes) this.order.push([cause, name])
    return name
  }

  private async subscriber(): Promise<void> {
    const key = this.key()
    const customer = await this.client.post('/v1/customers', { key, name: `Somebody ${key}` })
    const first = this.expect('customer.created', customer['id'])
    const terms = { issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01', creditLimit: null }
    const account = await this.client.post('/v1/accounts', { key, customer: key, ...terms })
    const second = this.expect('account.created', account['id'], first)
    const service = await this.client.post('/v1/services', { key, account: key, validFrom: '2026-01-01T00:00:00Z' })
    const third = this.expect('service.created', service['id'], second)
    const draft = { key, account: key, plan: 'basic', startsAt: '2026-01-01T00:00:00Z' }
    const subscription = await this.client.post('/v1/subscriptions', draft)
    this.expect('subscription.created', subscription['id'], second, third)
    this.accounts.push({ id: String(account['id']), key, subscription: String(subscription['id']), quantity: 1 })
  }

  /** One operation by chance. */
  async step(): Promise<void> {
    if (this.accounts.length === 0 || this.random() < 0.12) return this.subscriber()
    const account = this.pick(this.accounts)
    const made = `account.created ${account.id}`
    const amount = `${1 + Math.floor(this.random() * 20)}.00`
    const key = this.key()
    const of = { key, account: account.key, amount, currency: 'EUR' }
    switch (Math.floor(this.random() * 10)) {
      case 0: {
        const { id } = await this.client.post('/v1/top-ups', { ...of, method: 'cash' })
        this.expect('balance.topped_up', id, made)
        this.topUps.push(key)
        return
      }
      case 1: {
        const { id } = await this.client.post('/v1/payments', { ...of, method: 'bank' })
        this.expect('payment.recorded', id, made)
        this.payments.push(String(id))
        return
      }
      case 2: {
        const id = this.payments.pop()
        if (id === undefined) return this.subscriber()
        await this.client.post(`/v1/payments/${id}/reversal`, { reason: 'bounced' })
        this.expect('payment.reversed', id, `payment.recorded ${id}`)
        return
      }
      case 3: {
        const topUp = this.topUps.pop()
        if (topUp === undefined) return this.subscriber()
        await this.client.post(`/v1/top-ups/${topUp}/reversal`, { reason: 'mistake' })
        this.expect('balance.top_up_reversed', `key ${topUp}`)
        return
      }
      case 4: {
        account.quantity += 1
        const change = { kind: 'quantity', quantity: account.quantity, at: 'now' }
        await this.client.post(`/v1/subscriptions/${account.subscription}/changes`, change)
        this.expect('subscription.changed', account.subscription, `subscription.created ${account.subscription}`)
        return
      }
      case 5: {
        await this.client.post(`/v1/accounts/${account.key}`, { termsDays: this.serial % 60 }, 'PATCH')
        this.expect('account.updated', account.id, made)
        return
      }
      case 6: {
        const { id } = await this.client.post('/v1/adjustments', {
          ...of,
          direction: 'credit',
          source: 'bonus',
          reason: 'gift',
          currency: undefined,
        })
        this.expect('adjustment.requested', id, made)
        return
      }
      case 7: {
        const code = key.toUpperCase()
        const coupon = await this.client.post('/v1/coupons', {
          code,
          name: 'Tenth',
          value: { kind: 'percent', percent: '10' },
        })
        const first = this.expect('coupon.created', coupon['id'])
        const { id } = await this.client.post('/v1/coupon-redemptions', { key, code, account: account.key })
        this.expect('coupon.redeemed', id, first, made)
        return
      }
      default: {
        const lines = Array.from({ length: 20 }, (_, n) => {
          const isStrange = this.random() < 0.1
          if (isStrange) this.strange++
          const service = isStrange ? 'nobody' : account.key
          return JSON.stringify({
            id: `${key}-${n}`,
            source: this.name,
            service,
            type: 'call',
            time: '2026-01-20T10:00:00Z',
            data: { minutes: 3 },
          })
        })
        await this.client.postRaw('/v1/usage', Buffer.from(lines.join('\n')), 'application/x-ndjson')
      }
    }
  }
}

/** Reads events as an outside system does, behind the last one that it saw. */
async function follow(client: Client, isOver: () => boolean): Promise<Told[]> {
  const seen: Told[] = []
  for (;;) {
    const isLast = isOver()
    const cursor = seen.at(-1)?.id
    const page = await client.get<{ items: Told[] }>(
      `/v1/events?limit=100${cursor === undefined ? '' : `&cursor=${cursor}`}`,
    )
    seen.push(...page.items)
    if (isLast && page.items.length === 0) return seen
    if (page.items.length === 0) await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test(`${OPERATIONS} operations and ${KILLS} kills: events tell what happened, once, causes before effects`, async (t) => {
  const server = new ServerProcess(await testConfig())
  after(async () => {
    await server.kill()
    await rm(server.config.dataDir, { recursive: true, force: true })
  })
  await server.start()
  // A busy machine needs seconds for each start: the storm may be longer than a client asks unless told.
  const client = new Client(server.config, 'history', 600)
  await client.post('/v1/tenants', { name: 'history', clock: CLOCK })
  await seedOperator(client)
  let isOver = false
  const following = follow(client, () => isOver)
  const operators = Array.from({ length: WORKERS }, (_, number) => new Operator(client, number))
  let begun = 0
  const working = operators.map(async (operator) => {
    while (begun < OPERATIONS) {
      begun++
      await operator.step()
    }
  })
  const billing = (async () => {
    for (const [at, day] of ['2026-01-15', '2026-02-01', '2026-02-05'].entries()) {
      while (begun < (OPERATIONS * (at + 1)) / 4) await new Promise((resolve) => setTimeout(resolve, 50))
      await client.post('/v1/bill-runs', { until: day })
    }
  })()
  for (let kill = 1; kill <= KILLS; kill++) {
    while (begun < (OPERATIONS * kill) / (KILLS + 1)) await new Promise((resolve) => setTimeout(resolve, 10))
    await server.kill()
    await server.start()
  }
  await Promise.all([...working, billing])
  // Runs that a killed server left behind end, too.
  for (let status = 'running'; status === 'running'; ) {
    const { id } = await client.post('/v1/bill-runs', { until: '2026-02-06' })
    status = String((await client.get(`/v1/bill-runs/${String(id)}`))['status'])
  }
  isOver = true
  const seen = await following
  const events = await client.list<Told>('/v1/events')

  // Whoever followed through all crashes saw the same, once and in order.
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((_, at) => at + 1),
  )
  assert.deepEqual(seen, events.slice(0, seen.length))

  const nameOf = ({ type, objectId, data }: Told): string =>
    type === 'balance.top_up_reversed' ? `${type} key ${String(data['key'])}` : `${type} ${objectId}`
  const expected = operators.flatMap((operator) => operator.expected).sort()
  const types = new Set(expected.map((name) => name.split(' ')[0]))
  // Exactly what was done, and nothing else of these types.
  assert.deepEqual(
    events
      .filter(({ type }) => types.has(type))
      .map(nameOf)
      .sort(),
    expected,
  )
  const first = new Map<string, number>()
  for (const event of events) if (!first.has(nameOf(event))) first.set(nameOf(event), event.seq)
  for (const [cause, effect] of operators.flatMap((operator) => operator.order))
    assert.ok((first.get(cause) as number) < (first.get(effect) as number), `${cause} before ${effect}`)
  // Nothing is told of a customer or an account before it was made.
  for (const event of events) {
    const { seq, accountId, customerId, type } = event
    if (accountId !== null) assert.ok((first.get(`account.created ${accountId}`) as number) <= seq, type)
    if (customerId !== null) assert.ok((first.get(`customer.created ${customerId}`) as number) <= seq, type)
  }

  // What is suspended was told, in sums; documents were told, and what they have been paid.
  const suspended = events.filter(({ type }) => type === 'usage.suspended').map(({ data }) => Number(data['records']))
  const strange = operators.reduce((sum, operator) => sum + operator.strange, 0)
  assert.equal(
    suspended.reduce((sum, records) => sum + records, 0),
    strange,
  )
  const documents = await client.list<Json>('/v1/invoices')
  const issued = events.filter(({ type }) => /^(invoice|credit_note|debit_note)\.issued$/.test(type))
  assert.deepEqual(issued.map(({ objectId }) => objectId).sort(), documents.map(({ id }) => String(id)).sort())
  const cents = (text: unknown): number => Math.round(Number(text) * 100)
  const settled = new Map<string, number>()
  for (const { type, objectId, data } of events) {
    const sign = type === 'invoice.reopened' ? -1 : /^invoice\.(paid|partially_paid)$/.test(type) ? 1 : 0
    settled.set(objectId, (settled.get(objectId) ?? 0) + sign * (sign === 0 ? 0 : cents(data['amount'])))
  }
  for (const { id, kind, total, open } of documents)
    if (kind !== 'credit_note') assert.equal(cents(total) - (settled.get(String(id)) ?? 0), cents(open), String(id))
  assert.deepEqual(await checkHolds(client), [])
  const counts = Map.groupBy(events, ({ type }) => type)
  t.diagnostic(
    `${server.kills} kills, ${begun} operations, ${events.length} events of ${counts.size} types, ${seen.length} followed; ${documents.length} documents, ${strange} suspended`,
  )
})
