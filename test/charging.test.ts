import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { checkHolds, seedOperator, startKvit } from './harness.ts'

const { client, request } = await startKvit('prepaid', '2026-02-10T12:00:00Z')

const PLANS = `
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
`
await seedOperator(client, PLANS)

let serial = 0
const nextKey = (): string => `key-${++serial}`

async function subscriber(key: string, options: Json = {}): Promise<void> {
  const { plan = 'mobile', services = [key], ...terms } = options
  await client.post('/v1/customers', { key, name: key })
  await client.post('/v1/accounts', {
    key,
    customer: key,
    issuer: 'op',
    currency: 'EUR',
    zone: 'UTC',
    cycleAnchor: '2026-01-01',
    ...terms,
  })
  for (const service of services as string[])
    await client.post('/v1/services', { key: service, account: key, validFrom: '2026-01-01T00:00:00Z' })
  await client.post('/v1/subscriptions', { key, account: key, plan, startsAt: '2026-01-01T00:00:00Z' })
}

async function topUp(account: string, amount: string, options: Json = {}): Promise<Json> {
  return client.post('/v1/top-ups', { key: nextKey(), account, amount, currency: 'EUR', method: 'cash', ...options })
}

interface Answer extends Json {
  result: string
  reason?: string
  amount?: string
  duplicate?: boolean
  groups?: {
    result: string
    granted: Record<string, string>
    validitySeconds: number
    final?: Json
    throttleKbps?: number
  }[]
}

async function ask(body: Json): Promise<Answer> {
  return client.post<Answer>('/v1/charging', { source: 'gw', time: '2026-02-10T12:00:00Z', ...body })
}

async function event(service: string, type: string, data: Json, id = nextKey()): Promise<Answer> {
  return ask({ op: 'event', id, service, type, data })
}

async function balances(
  account: string,
): Promise<
  { available: string; credit: { owed: string }; balances: { unit: string; remaining: string; held: string }[] } & Json
> {
  return client.get(`/v1/accounts/${account}/balances`)
}

test('OC-1: thirty calls at once on credit for one: one is admitted', async () => {
  await subscriber('oc1', { creditLimit: '0' })
  await topUp('oc1', '1.00')
  const answers = await Promise.all(Array.from({ length: 30 }, () => event('oc1', 'call', {})))
  assert.equal(answers.filter(({ result }) => result === 'charged').length, 1)
  assert.equal(
    answers.filter(({ result, reason }) => result === 'refused' && reason === 'insufficient_balance').length,
    29,
  )
  const sessions = await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      ask({ op: 'start', session: `oc1-${n}`, service: 'oc1', requested: [{ type: 'call', data: { count: '1' } }] }),
    ),
  )
  assert.equal(sessions.filter(({ result }) => result === 'granted').length, 0)
  assert.equal((await balances('oc1')).available, '0.00')
})

test('OC-2: two devices on one allowance of 1 GB get 1 GB in all', async () => {
  await subscriber('oc2', { plan: 'bundle', creditLimit: '0', services: ['oc2-a', 'oc2-b'] })
  const granted = { 'oc2-a': 0, 'oc2-b': 0 }
  const device = async (service: 'oc2-a' | 'oc2-b'): Promise<void> => {
    let sequence = 0
    let last = 0
    for (;;) {
      const used = sequence === 0 ? {} : { used: [{ type: 'data', data: { mb: String(last) } }] }
      const answer = await ask({
        op: sequence === 0 ? 'start' : 'update',
        session: service,
        sequence: sequence++,
        service,
        ...used,
        requested: [{ type: 'data', data: { mb: '100' } }],
      })
      last = Number(answer.groups?.[0]?.granted['mb'] ?? 0)
      granted[service] += last
      if (answer.result === 'refused') break
    }
    await ask({ op: 'end', session: service, sequence, service, used: [] })
  }
  await Promise.all([device('oc2-a'), device('oc2-b')])
  assert.equal(granted['oc2-a'] + granted['oc2-b'], 1024)
  assert.ok(granted['oc2-a'] > 0 && granted['oc2-b'] > 0)
  assert.equal((await balances('oc2')).balances.length, 0)
})

test('an event is charged once, answered again, and given back once', async () => {
  await subscriber('ev', { creditLimit: '0' })
  await topUp('ev', '10.00')
  const first = await event('ev', 'voice', { seconds: 61 }, 'ev-1')
  assert.deepEqual([first.result, first.amount], ['charged', '0.66000000'])
  assert.deepEqual(await event('ev', 'voice', { seconds: 61 }, 'ev-1'), { ...first, duplicate: true })
  assert.equal((await event('ev', 'voice', { seconds: 62 }, 'ev-1')).reason, 'identity_conflict')
  const refund = { op: 'refund', id: 'ev-1', service: 'ev', type: 'voice', data: { seconds: 61 } }
  assert.equal((await ask(refund)).amount, '0.66000000')
  assert.equal((await ask(refund)).duplicate, true)
  assert.equal((await ask({ ...refund, id: 'ev-2' })).reason, 'unknown_event')
  assert.equal((await balances('ev')).available, '10.00')
})

test('a session is granted what the balance affords, exactly, and told what to do then', async () => {
  await subscriber('se', { creditLimit: '0' })
  await topUp('se', '2.51')
  const base = { session: 's', service: 'se' }
  // 100 MB at 0.02 and 51 at 0.01 cost 2.51.
  const start = await ask({ op: 'start', ...base, requested: [{ type: 'data', data: { mb: '400' } }] })
  assert.deepEqual(start.groups?.[0], {
    type: 'data',
    result: 'granted',
    granted: { mb: '151' },
    validitySeconds: 600,
    final: { action: 'redirect', redirectTo: 'https://pay.example' },
  })
  assert.equal((await event('se', 'call', {})).reason, 'insufficient_balance')
  const report = {
    ...base,
    used: [{ type: 'data', data: { mb: '120.5' } }],
    requested: [{ type: 'data', data: { mb: '10' } }],
  }
  const update = await ask({ op: 'update', sequence: 1, ...report })
  assert.deepEqual([update.amount, update.groups?.[0]?.granted], ['2.20500000', { mb: '10' }])
  assert.deepEqual(await ask({ op: 'update', sequence: 1, ...report }), { ...update, duplicate: true })
  const end = await ask({ op: 'end', sequence: 2, ...base, used: [{ type: 'data', data: { mb: '1.5' } }] })
  assert.deepEqual([end.result, end.amount], ['ended', '0.01500000'])
  assert.equal((await balances('se')).available, '0.29')
  assert.equal((await ask({ op: 'end', sequence: 2, ...base })).duplicate, true)
  assert.equal((await ask({ op: 'start', ...base, sequence: 3 })).reason, 'session_exists')
})

test('holds expire by themselves; what is reported later is charged all the same', async () => {
  await subscriber('ex', { creditLimit: '0' })
  await topUp('ex', '1.00')
  const base = { session: 'ex', service: 'ex' }
  await ask({ op: 'start', ...base, validitySeconds: 60, requested: [{ type: 'voice', data: { seconds: '60' } }] })
  assert.equal((await balances('ex')).balances[0]?.held, '0.65')
  assert.equal((await request('PATCH', '/v1/tenants/prepaid', { body: { clock: '2026-02-10T12:05:00Z' } })).status, 200)
  for (let tries = 0; tries < 50 && (await balances('ex')).balances[0]?.held !== '0.00'; tries++)
    await new Promise((resolve) => setTimeout(resolve, 100))
  assert.equal((await balances('ex')).balances[0]?.held, '0.00')
  const update = await ask({
    op: 'update',
    sequence: 1,
    ...base,
    time: '2026-02-10T12:05:00Z',
    used: [{ type: 'voice', data: { seconds: '30' } }],
    requested: [{ type: 'voice', data: { seconds: '60' } }],
  })
  assert.deepEqual([update.result, update.reason, update.amount], ['refused', 'session_expired', '0.65000000'])
  assert.equal((await balances('ex')).available, '0.35')
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
  const { totals } = await client.get<{ totals: { difference: string }[] }>('/v1/ledger/trial-balance')
  assert.deepEqual(
    totals.map(({ difference }) => difference),
    ['0.00'],
  )
  assert.equal((await request('GET', '/v1/accounts/none/balances')).status, 404)
})
