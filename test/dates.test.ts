import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TooManySteps } from '../src/core/base/calendar-range.ts'
import { billingMoments } from '../src/core/invoicing/billing-moments.ts'
import { commitTerms } from '../src/core/invoicing/contract-commits.ts'
import { termEndAfter } from '../src/core/subscriptions/timeline.ts'
import { readPlanFiles } from '../src/modules/catalog/plan-files.ts'
import { CALLS, createSubscriber, seedOperator, startKvit } from './harness.ts'

const { client, request } = await startKvit('dates', '2026-02-10T12:00:00Z')
await seedOperator(client, CALLS)
await createSubscriber(client, 'one')

const FAR = ['9999-12-31', '2200-01-01', '1969-12-31', '0001-01-01']
const at = (day: string): string => `${day}T00:00:00Z`

/** Every door that takes a day or a time: what is sent there, with the day in it. */
const DOORS: readonly (readonly [method: string, path: (day: string) => string, body?: (day: string) => unknown])[] = [
  ['GET', (day) => `/v1/accounts/one/next-invoice?at=${day}`],
  ['GET', (day) => `/v1/accounts/one/statement?from=${day}`],
  ['GET', (day) => `/v1/accounts/one/statement?until=${day}`],
  ['GET', (day) => `/v1/usage-gaps?service=one&stepMinutes=60&from=${at(day)}&until=2026-02-01T00:00:00Z`],
  ['GET', (day) => `/v1/usage-gaps?service=one&stepMinutes=60&from=2026-01-01T00:00:00Z&until=${at(day)}`],
  ['GET', (day) => `/v1/usage-records/explain?source=s&id=i&time=${at(day)}`],
  ['PATCH', () => '/v1/accounts/one', (day) => ({ zone: 'Europe/Kyiv', zoneFrom: day })],
  ['POST', () => '/v1/bill-runs', (day) => ({ until: day })],
  [
    'POST',
    () => '/v1/accounts',
    (day) => ({ key: 'x', customer: 'one', issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: day }),
  ],
  ['POST', () => '/v1/services', (day) => ({ key: 'x', account: 'one', validFrom: at(day) })],
  ['POST', () => '/v1/subscriptions', (day) => ({ key: 'x', account: 'one', plan: 'basic', startsAt: at(day) })],
  ['POST', () => '/v1/subscriptions/one/changes', (day) => ({ kind: 'cancel', at: at(day) })],
  ['POST', () => '/v1/plans/basic/simulate', (day) => ({ usage: { account: 'one', from: '2026-01-01', until: day } })],
  ['POST', () => '/v1/plans/basic/simulate', (day) => ({ usage: { account: 'one', from: day, until: '2026-02-01' } })],
  [
    'POST',
    () => '/v1/payments',
    (day) => ({ key: 'p', account: 'one', amount: '1', currency: 'EUR', method: 'cash', receivedOn: day }),
  ],
  ['POST', () => '/v1/catalog', (day) => ({ files: [{ name: 'a.yaml', text: CALLS }], availableFrom: at(day) })],
  ['POST', () => '/v1/tenants', (day) => ({ name: 'far', clock: at(day) })],
  [
    'POST',
    () => '/v1/re-ratings',
    (day) => ({ plan: 'basic', fromVersion: 1, toVersion: 1, from: day, until: day, reason: 'far' }),
  ],
]

test('S1: a day outside of 1970 to 2199 is refused at every door, and the answer says what is right', async () => {
  for (const [method, path, body] of DOORS)
    for (const day of FAR) {
      const { status, text } = await request(method, path(day), body === undefined ? {} : { body: body(day) })
      assert.equal(status, 400, `${method} ${path(day)} ${JSON.stringify(body?.(day))}: ${text}`)
      assert.match(text, /from 1970-01-01 to 2199-12-31/, `${method} ${path(day)}: ${text}`)
    }
})

test('S1: usage of such a time is in suspense, and its neighbours are charged', async () => {
  const call = (id: string, time: string): object => ({
    source: 's',
    id,
    service: 'one',
    type: 'call',
    time,
    data: { minutes: '1' },
  })
  const { json } = await request('POST', '/v1/usage', {
    body: [
      call('a', at('9999-12-31')),
      call('b', at('2026-02-01')),
      call('c', at('1969-12-31')),
      call('d', at('2200-01-01')),
    ],
  })
  assert.deepEqual([json['charged'], json['suspended']], [1, 3])
  const reasons = (json['firstSuspended'] as { reason: string }[]).map(({ reason }) => reason)
  assert.deepEqual(reasons, ['bad_time', 'bad_time', 'bad_time'])
})

test('S1: a plan file names no such day', () => {
  const file = (rate: string): string => `
meters: [{ code: m, name: M, eventType: m, aggregator: sum, property: m, unit: m, scale: 0 }]
plans: [{ code: p, name: P, currency: EUR, prices: [{ kind: usage, code: u, name: U, meter: m, ${rate} }] }]`
  for (const day of FAR) {
    const rate = `matrix: { keys: [k], rates: [{ when: { k: x }, from: "${at(day)}", rate: { model: per_unit, unitAmount: 1 } }] }`
    const { errors } = readPlanFiles([{ name: 'a.yaml', text: file(rate) }], { meters: [], schedules: [] })
    assert.ok(
      errors.some(({ message }) => message.includes('1970-01-01 to 2199-12-31')),
      JSON.stringify(errors),
    )
  }
})

test('S1: days that are far and known are refused where each day between would be gone through', async () => {
  await client.post('/v1/accounts', {
    key: 'daily',
    customer: 'one',
    issuer: 'op',
    currency: 'EUR',
    zone: 'UTC',
    cycleAnchor: '2026-01-01',
    cycleUnit: 'day',
  })
  await client.post('/v1/subscriptions', {
    key: 'daily',
    account: 'daily',
    plan: 'basic',
    startsAt: '2026-01-01T00:00:00Z',
  })
  const preview = await request('GET', '/v1/accounts/daily/next-invoice?at=2199-12-31')
  assert.deepEqual([preview.status, preview.json['code']], [422, 'unprocessable'])
  const zone = await request('PATCH', '/v1/accounts/daily', { body: { zone: 'Europe/Kyiv', zoneFrom: '2199-12-31' } })
  assert.ok(zone.status < 500, zone.text)
  const change = await request('POST', '/v1/subscriptions/daily/changes/preview', {
    body: { kind: 'cancel', at: '2199-12-31T00:00:00Z' },
  })
  assert.equal(change.status, 422, change.text)
})

test('S1: every walk over periods ends, and says why', () => {
  const daily = { unit: 'day', count: 1 } as const
  assert.throws(() => billingMoments('1970-01-01', daily, ['1970-01-01'], null, '2199-12-31'), TooManySteps)
  const commit = { kind: 'commit', code: 'c', name: 'C', amount: '1', term: daily, renews: true } as never
  assert.throws(() => commitTerms(commit, { startDay: '1970-01-01', endDay: null }, '2199-12-31'), TooManySteps)
  const origin = { startMs: 0, zone: 'UTC', term: { length: daily } } as never
  assert.throws(() => termEndAfter(origin, Date.UTC(2199, 11, 31)), TooManySteps)
})
