import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Json } from '../src/cli/client.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

/** A record is priced by the phase that its subscription is in at its time, whoever asks: charging, re-rating, simulation, advice. */
const planOf = (trial: string, evergreen: string, more = ''): string => `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: phased
    name: Phased
    currency: EUR
    phases: [ { code: trial, lasts: { unit: month } }, { code: evergreen, lasts: null } ]
    prices:
      - { kind: usage, code: first, name: Trial calls, meter: minutes, phases: [ trial ], rate: { model: per_unit, unitAmount: ${trial} } }
      - { kind: usage, code: later, name: Calls, meter: minutes, phases: [ evergreen ], rate: { model: per_unit, unitAmount: ${evergreen} } }
${more}`

const { client } = await startKvit('phases', '2026-03-31T12:00:00Z')
await seedOperator(client, planOf('0.50', '1'))
await createSubscriber(client, 'anna', { plan: 'phased', startsAt: '2026-02-01T00:00:00Z' })
await client.post('/v1/accounts', {
  key: 'pre',
  customer: 'anna',
  issuer: 'op',
  currency: 'EUR',
  zone: 'UTC',
  cycleAnchor: '2026-01-01',
})
const call = (id: string, time: string): Json => ({
  id,
  source: 'switch',
  service: 'anna',
  type: 'call',
  time,
  data: { minutes: '10' },
})
await client.post('/v1/usage', [call('t', '2026-02-10T10:00:00Z'), call('e', '2026-03-10T10:00:00Z')])
await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text: planOf('0.40', '0.90') }] })

const usage = { account: 'anna', from: '2026-03-01', until: '2026-04-01' }

test('M1: what usage of the evergreen phase would cost on the same plan is what it costs', async () => {
  const asItIs = await client.post<Json>('/v1/plans/phased/simulate', { version: 1, usage })
  assert.equal(Number(asItIs['total']), 10)
})

test('M1: what it would cost on the next version is by that version’s own evergreen phase', async () => {
  const next = await client.post<Json>('/v1/plans/phased/simulate', { version: 2, usage })
  assert.equal(Number(next['total']), 9)
  const trial = await client.post<Json>('/v1/plans/phased/simulate', {
    version: 2,
    usage: { account: 'anna', from: '2026-02-01', until: '2026-03-01' },
  })
  assert.equal(Number(trial['total']), 4)
})

test('M1: given records are of a subscription that is long past its trial, unless it is said when it began', async () => {
  const records = [{ type: 'call', time: '2026-03-10T10:00:00Z', data: { minutes: '10' } }]
  const late = await client.post<Json>('/v1/plans/phased/simulate', { version: 2, records })
  assert.equal(Number(late['total']), 9)
  const fresh = await client.post<Json>('/v1/plans/phased/simulate', { version: 2, records, startsOn: '2026-03-01' })
  assert.equal(Number(fresh['total']), 4)
})

test('M1: files that are not published have phases, too', async () => {
  const files = [{ name: 'plans.yaml', text: planOf('0.30', '0.70') }]
  const tried = await client.post<Json>('/v1/plans/phased/simulate', { files, usage })
  assert.equal(Number(tried['total']), 7)
})

test('M1: a re-rating prices each record by the phase of its time: 4.00 and 9.00', async () => {
  const { id } = await client.post<Json>('/v1/re-ratings', {
    key: 'next',
    reason: 'new prices',
    plans: [{ from: { code: 'phased', version: 1 }, to: { code: 'phased', version: 2 } }],
    from: '2026-02-01',
    until: '2026-04-01',
  })
  const until = async (status: string): Promise<Json> => {
    for (;;) {
      const found = await client.get<Json>(`/v1/re-ratings/${String(id)}`)
      if (found['status'] === status) return found
      assert.notEqual(found['status'], 'failed', String(found['error']))
      await setTimeout(20)
    }
  }
  const draft = await until('draft')
  const [dry] = draft['totals'] as Json[]
  assert.deepEqual([Number(dry?.['before']), Number(dry?.['after'])], [15, 13])
  const { items } = await client.get<{ items: Json[] }>(`/v1/re-ratings/${String(id)}/records?account=anna`)
  assert.deepEqual(
    items.map((item) => [item['id'], Number(item['after'])]),
    [
      ['t', 4],
      ['e', 9],
    ],
  )
  await client.post(`/v1/re-ratings/${String(id)}/approve`, {})
  const done = await until('complete')
  const [total] = done['totals'] as Json[]
  assert.equal(Number(total?.['appliedDifference']), -2)
  assert.deepEqual(await checkHolds(client), [])
})
