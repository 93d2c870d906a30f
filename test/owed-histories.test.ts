import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, seedOperator, startKvit } from './harness.ts'

/**
 * What an account owes is one number (policy 15), whatever came first: random histories of money, usage, documents and the
 * opening of balances, each held against a list of facts that is added up anew after every round.
 */
const PLANS = `
meters:
  - { code: units, name: Units, eventType: use, aggregator: sum, property: n, unit: n, scale: 2 }
plans:
  - code: plain
    name: Plain
    currency: EUR
    prices: [ { kind: usage, code: use, name: Use, meter: units, rate: { model: per_unit, unitAmount: 0.0333 } } ]
  - code: bundle
    name: Bundle
    currency: EUR
    prices:
      - { kind: allowance, code: some, name: 50 units, unit: n, amount: 50 }
      - { kind: usage, code: use, name: Use, meter: units, rate: { model: per_unit, unitAmount: 0.0333 } }
  - code: committed
    name: Committed
    currency: EUR
    prices:
      - { kind: commit, code: year, name: 20 a year, amount: 20, term: { unit: year } }
      - { kind: usage, code: use, name: Use, meter: units, rate: { model: per_unit, unitAmount: 0.0333 } }
`
/** 0.0333 for a unit, of which there are hundredths: a hundredth costs 333 millionths. */
const PRICE = 333n
const SCALE = 1_000_000n
const ACCOUNTS = 24
const ROUNDS = 14
/** Rounds before which a month ends: it is billed then. */
const MONTH_ENDS = new Set([5, 10, 14])
const SEED = Number(process.env['KVIT_OWED_SEED'] ?? 20261129)

type Step =
  | { readonly do: 'pay' | 'topUp' | 'use' | 'event'; readonly amount: number }
  | { readonly do: 'limit'; readonly limit: string | null }
  | { readonly do: 'refund' | 'reverse' | 'interim' | 'commit' | 'nothing' }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('pay', 'topUp', 'use', 'use', 'event', 'event'),
    amount: fc.integer({ min: 1, max: 30_000 }),
  }) as fc.Arbitrary<Step>,
  fc.record({ do: fc.constant('limit'), limit: fc.constantFrom('0', '5', '50', null) }) as fc.Arbitrary<Step>,
  fc.record({
    do: fc.constantFrom('refund', 'reverse', 'reverse', 'interim', 'commit', 'nothing'),
  }) as fc.Arbitrary<Step>,
)
const history = fc.record({
  plan: fc.constantFrom('plain', 'plain', 'bundle'),
  limit: fc.constantFrom(undefined, undefined, '0', '20'),
  steps: fc.array(step, { minLength: ROUNDS, maxLength: ROUNDS }),
})

const TENANT = 'owed'
const { client, request } = await startKvit(TENANT, '2026-01-10T12:00:00Z')
await seedOperator(client, PLANS)
let serial = 0
const next = (): string => `k-${++serial}`

/** Money as an integer of SCALE. */
function scaled(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  assert.ok(/^0*$/.test(fraction.slice(6)), `${text} has no more digits than prices have`)
  const value = BigInt(whole) * SCALE + BigInt(fraction.padEnd(6, '0').slice(0, 6))
  return text.startsWith('-') ? -value : value
}
const cents = (amount: number): string => (amount / 100).toFixed(2)

/** An account with what is known of it: a list of facts, and no sums. */
class Told {
  readonly key: string
  private readonly plan: string
  private readonly came: bigint[] = []
  private readonly money: { path: string; amount: bigint }[] = []
  private readonly used: bigint[] = []
  private events: { id: string; n: string; time: string }[] = []
  private isCommitted = false
  private readonly free = new Map<number, bigint>()

  constructor(key: string, plan: string) {
    this.key = key
    this.plan = plan
  }

  async begin(limit: string | undefined): Promise<void> {
    const { key, plan } = this
    await client.post('/v1/customers', { key, name: key })
    const draft = { key, customer: key, issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
    await client.post('/v1/accounts', limit === undefined ? draft : { ...draft, creditLimit: limit })
    await client.post('/v1/services', { key, account: key, validFrom: '2026-01-01T00:00:00Z' })
    await client.post('/v1/subscriptions', { key, account: key, plan, startsAt: '2026-01-01T00:00:00Z' })
  }

  /** The plan's units are free, the rest has its price. */
  private use(amount: number, month: number): void {
    const n = BigInt(amount)
    const left = this.plan === 'bundle' && !this.isCommitted ? (this.free.get(month) ?? 5_000n) : 0n
    const covered = left < n ? left : n
    this.free.set(month, left - covered)
    this.used.push((n - covered) * PRICE)
  }

  async take(step: Step, month: number, time: string): Promise<void> {
    const { key } = this
    const money = { key: next(), account: key, currency: 'EUR', method: 'cash' }
    switch (step.do) {
      case 'pay':
      case 'topUp': {
        const path = step.do === 'pay' ? '/v1/payments' : '/v1/top-ups'
        const amount = BigInt(step.amount) * 10_000n
        await client.post(path, { ...money, amount: cents(step.amount) })
        this.came.push(amount)
        this.money.push({ path: `${path}/${money.key}/reversal`, amount })
        return
      }
      case 'reverse': {
        const last = this.money.pop()
        if (last === undefined) return
        await client.post(last.path, { reason: 'bounced' })
        this.came.push(-last.amount)
        return
      }
      case 'use': {
        const record = { id: next(), service: key, type: 'use', time, data: { n: cents(step.amount) } }
        assert.equal((await client.post('/v1/usage', [record]))['charged'], 1)
        return this.use(step.amount, month)
      }
      case 'event': {
        const event = { op: 'event', source: 'gw', id: next(), service: key, type: 'use', time }
        const answer = await client.post<Json>('/v1/charging', { ...event, data: { n: cents(step.amount) } })
        if (answer['result'] !== 'charged') return
        this.use(step.amount, month)
        this.events.push({ id: event.id, n: cents(step.amount), time })
        return
      }
      case 'refund': {
        const last = this.events.pop()
        // How free units come back is told elsewhere.
        if (last === undefined || this.plan === 'bundle' || this.isCommitted) return
        const event = { op: 'refund', source: 'gw', id: last.id, service: key, type: 'use', time: last.time }
        assert.equal((await client.post<Json>('/v1/charging', { ...event, data: { n: last.n } }))['result'], 'refunded')
        this.used.push((-scaled(last.n) * PRICE) / 10_000n)
        return
      }
      case 'limit': {
        // A limit below what is in use is refused.
        const { status } = await request('PATCH', `/v1/accounts/${key}`, { body: { creditLimit: step.limit } })
        assert.ok(status === 200 || status === 409)
        return
      }
      case 'interim':
        await client.post(`/v1/accounts/${key}`, { progressiveBilling: { threshold: '0.01', repeats: true } }, 'PATCH')
        return
      case 'commit':
        if (this.isCommitted) return
        this.isCommitted = true
        await client.post(`/v1/subscriptions/${key}/changes`, { kind: 'plan', plan: 'committed', at: 'now' })
        return
      case 'nothing':
    }
  }

  /** Money that came in and commits, less documents, less usage that none of them bills. */
  net({ totals, billedUsage }: Documents, commits: number): bigint {
    let sum = BigInt(commits) * 20n * SCALE - totals
    for (const amount of this.came) sum += amount
    for (const amount of this.used) sum -= amount
    return sum + billedUsage
  }
}

interface Documents {
  readonly ids: string
  readonly totals: bigint
  readonly open: bigint
  /** The price of the quantities that their lines have. */
  readonly billedUsage: bigint
}

async function documentsOf(key: string): Promise<Documents> {
  const list = await client.list<Json>(`/v1/invoices?account=${key}`)
  let [totals, open, billedUsage] = [0n, 0n, 0n]
  for (const { id, total, paid, kind } of list) {
    totals += scaled(String(total))
    if (kind !== 'credit_note') open += scaled(String(total)) - scaled(String(paid))
    const { document } = await client.get<{ document: { lines: Json[] } }>(`/v1/invoices/${String(id)}`)
    for (const { kind: of, quantity } of document.lines)
      if (of === 'usage') billedUsage += (scaled(String(quantity)) * PRICE) / 10_000n
  }
  return { ids: list.map(({ id }) => id).join(), totals, open, billedUsage }
}

interface Standing {
  readonly expected: bigint
  /** Null where the account has no balances. */
  readonly got: bigint | null
  readonly owed: bigint
  readonly open: bigint
}

async function standingOf(told: Told): Promise<Standing> {
  const { key } = told
  const documents = await documentsOf(key)
  const { items } = await client.get<{ items: Json[] }>(`/v1/accounts/${key}/contract-commits`)
  const { status, json } = await request('GET', `/v1/accounts/${key}/balances`)
  const expected = told.net(documents, items.length)
  if (status === 404) return { expected, got: null, owed: -expected, open: documents.open }
  const { credit, balances } = json as { credit: Json; balances: { unit: string; remaining: string }[] }
  const lots = balances.find(({ unit }) => unit === 'EUR')?.remaining ?? '0'
  const owed = scaled(String(credit['owed']))
  return { expected, got: scaled(lots) - owed, owed, open: documents.open }
}

/** Interim invoices and commits come when they come: what differs is looked at again. */
async function compare(told: Told, isHeld: (standing: Standing) => boolean): Promise<Standing | null> {
  for (let tries = 0; ; tries++) {
    const standing = await standingOf(told)
    if (isHeld(standing)) return null
    if (tries === 40) return standing
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}

test(`M2: ${ACCOUNTS} random histories owe what their facts add up to (seed ${SEED})`, async () => {
  const histories = fc.sample(history, { seed: SEED, numRuns: ACCOUNTS })
  const all = histories.map((one, index) => ({ ...one, told: new Told(`a${index}`, one.plan) }))
  await Promise.all(all.map(({ told, limit }) => told.begin(limit)))
  let month = 1
  for (let round = 0; round < ROUNDS; round++) {
    const time = `2026-${String(month).padStart(2, '0')}-10T12:00:00Z`
    await Promise.all(all.map(({ told, steps }) => told.take(steps[round] as Step, month, time)))
    if (MONTH_ENDS.has(round + 1)) {
      month++
      const day = `2026-${String(month).padStart(2, '0')}-10`
      await client.post(`/v1/tenants/${TENANT}`, { clock: `${day}T12:00:00Z` }, 'PATCH')
      await runBills(client, day)
    }
    for (const { told, steps, plan, limit } of all) {
      const differing = await compare(told, ({ got, expected }) => got === null || got === expected)
      const story = JSON.stringify({ plan, limit, steps: steps.slice(0, round + 1) })
      assert.equal(differing, null, `${told.key} after round ${round + 1} of ${story}`)
    }
  }
  // All usage is billed now: what is owed is what is open of documents.
  for (const { told, plan, steps } of all) {
    const differing = await compare(told, ({ owed, open }) => open === (owed > 0n ? owed : 0n))
    assert.equal(differing, null, `${told.key} in the end of ${JSON.stringify({ plan, steps })}`)
  }
  assert.deepEqual(await checkHolds(client), [])
})

/** How the last of these histories comes out when its commit opens before its usage: a top-up pays the rounding of a bill, and bounces. */
test('M2: what a commit and a top-up paid together is whole again when the top-up is reversed', async () => {
  const key = 'rounded'
  const at = async (clock: string): Promise<Json> => client.post(`/v1/tenants/${TENANT}`, { clock }, 'PATCH')
  await at('2026-05-10T12:00:00Z')
  const told = new Told(key, 'committed')
  await told.begin(undefined)
  const commits = async (): Promise<unknown[]> =>
    (await client.get<{ items: unknown[] }>(`/v1/accounts/${key}/contract-commits`)).items
  while ((await commits()).length === 0) await new Promise((resolve) => setTimeout(resolve, 50))
  const time = '2026-05-10T12:00:00Z'
  // 473.78 units cost 15.776874, which the commit pays; 0.003126 of the bill come from the top-up.
  for (const amount of [29_997, 17_381]) await told.take({ do: 'use', amount }, 5, time)
  await told.take({ do: 'topUp', amount: 9 }, 5, time)
  await at('2026-06-10T12:00:00Z')
  await runBills(client, '2026-06-10')
  await told.take({ do: 'reverse' }, 6, time)
  assert.equal(await compare(told, ({ owed, open }) => owed === 20n * SCALE && open === owed), null)
  assert.deepEqual(await checkHolds(client), [])
})
