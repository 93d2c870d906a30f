import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

/**
 * Seats go while sessions hold units of an allowance that follows seats. June has 30 days; 3 seats give 30 GB; one seat from
 * day 16 on leaves 20. Beyond the allowance a GB costs 1.00. What sessions are charged is what a file of the same usage would be.
 */
const PLANS = `
meters:
  - { code: data, name: Data, eventType: data, aggregator: sum, property: gb, unit: GB, scale: 3 }
plans:
  - code: seats
    name: Seats
    currency: EUR
    prices:
      - { kind: usage, code: data, name: Data, meter: data, rate: { model: per_unit, unitAmount: 1 } }
      - { kind: allowance, code: pool, name: Pool, unit: GB, amount: 10, perSeat: true, proration: day }
`
type Step =
  | readonly [session: string, 'start' | 'update', used: string, asked: string]
  | readonly [session: string, 'end', used: string]
  | readonly ['event', gb: string]

interface Case {
  readonly title: string
  /** By file, before any session. */
  readonly used: string
  readonly before: readonly Step[]
  readonly seats: number
  readonly after: readonly Step[]
  readonly right: string
}

const CASES: readonly Case[] = [
  {
    title: 'of 6 that a session holds, 1 is covered when 19 of 20 are used',
    used: '19',
    before: [['a', 'start', '0', '6']],
    seats: 1,
    after: [['a', 'end', '6']],
    right: '5.00',
  },
  {
    title: 'of two sessions, the one that reports first has what is left',
    used: '19',
    before: [
      ['a', 'start', '0', '6'],
      ['b', 'start', '0', '5'],
    ],
    seats: 1,
    after: [
      ['a', 'end', '6'],
      ['b', 'end', '5'],
    ],
    right: '10.00',
  },
  {
    title: 'what another session holds and does not use is nobody’s loss',
    used: '19',
    before: [
      ['a', 'start', '0', '6'],
      ['b', 'start', '0', '5'],
    ],
    seats: 1,
    after: [
      ['a', 'end', '6'],
      ['b', 'end', '0'],
    ],
    right: '5.00',
  },
  {
    title: 'a report on the way takes units that are left, and the next grant is for money',
    used: '19',
    before: [['a', 'start', '0', '6']],
    seats: 1,
    after: [
      ['a', 'update', '2', '6'],
      ['a', 'end', '3'],
    ],
    right: '4.00',
  },
  {
    title: 'usage of others in between is not covered by what a session holds',
    used: '19',
    before: [['a', 'start', '0', '11']],
    seats: 1,
    after: [
      ['event', '3'],
      ['a', 'end', '2'],
    ],
    right: '4.00',
  },
  {
    title: 'what is used before the seats go stays covered',
    used: '19',
    before: [
      ['a', 'start', '0', '6'],
      ['a', 'update', '6', '5'],
    ],
    seats: 1,
    after: [['a', 'end', '2']],
    right: '2.00',
  },
  {
    title: 'a seat that comes back before the report takes nothing',
    used: '19',
    before: [['a', 'start', '0', '6']],
    seats: 3,
    after: [['a', 'end', '6']],
    right: '0.00',
  },
  {
    title: 'fewer units held than are left: all are covered',
    used: '5',
    before: [['a', 'start', '0', '6']],
    seats: 1,
    after: [['a', 'end', '6']],
    right: '0.00',
  },
]

const { client } = await startKvit('seated', '2026-06-02T06:00:00Z')
await seedOperator(client, PLANS)
let now = ''
let serial = 0
const clock = async (day: number, hour: number): Promise<void> => {
  now = new Date(Date.UTC(2026, 5, day, hour)).toISOString()
  await client.post('/v1/tenants/seated', { clock: now }, 'PATCH')
}
const data = (gb: string): Json => ({ type: 'data', data: { gb } })

async function step(service: string, one: Step, sequences: Map<string, number>): Promise<void> {
  if (one[0] === 'event') {
    const event = { op: 'event', source: 'gw', id: `e-${++serial}`, service, time: now, ...data(one[1] as string) }
    assert.equal((await client.post<Json>('/v1/charging', event))['result'], 'charged')
    return
  }
  const [session, op, used = '', asked] = one
  const sequence = sequences.get(session) ?? 0
  sequences.set(session, sequence + 1)
  const answer = await client.post<Json>('/v1/charging', {
    ...{ op, source: 'gw', session: `${service}-${session}`, sequence, service, time: now },
    ...(used === '0' ? {} : { used: [data(used)] }),
    ...(asked === undefined ? {} : { requested: [data(asked)], validitySeconds: 200_000 }),
  })
  assert.equal(answer['result'], op === 'end' ? 'ended' : 'granted', JSON.stringify(answer))
}

const sequences = CASES.map(() => new Map<string, number>())
for (const [index, { used }] of CASES.entries()) {
  const key = `s${index}`
  await createSubscriber(client, key, { plan: 'seats', startsAt: '2026-06-01T00:00:00Z', quantity: 3 })
  await client.post(`/v1/accounts/${key}`, { creditLimit: '0' }, 'PATCH')
  await client.post('/v1/top-ups', { key, account: key, amount: '100', currency: 'EUR', method: 'cash' })
  const time = '2026-06-02T05:00:00Z'
  await client.post('/v1/usage', [{ id: `u-${index}`, source: 's', service: key, time, ...data(used) }])
}
await clock(15, 20)
for (const [index, { before }] of CASES.entries())
  for (const one of before) await step(`s${index}`, one, sequences[index] as Map<string, number>)
await clock(16, 1)
for (const [index, { seats }] of CASES.entries()) {
  const change = { kind: 'quantity', at: '2026-06-16T00:00:00Z' }
  await client.post(`/v1/subscriptions/s${index}/changes`, { ...change, quantity: 1 })
  if (seats !== 1) await client.post(`/v1/subscriptions/s${index}/changes`, { ...change, quantity: seats })
}
await clock(16, 2)
for (const [index, { after }] of CASES.entries())
  for (const one of after) await step(`s${index}`, one, sequences[index] as Map<string, number>)

for (const [index, { title, right }] of CASES.entries())
  test(`E11: ${title}`, async () => {
    const { available } = await client.get<{ available: string }>(`/v1/accounts/s${index}/balances`)
    assert.equal(available, (100 - Number(right)).toFixed(2))
  })

test('E11: every invariant holds, and nothing is held any more', async () => {
  assert.deepEqual(await checkHolds(client), [])
  for (const index of CASES.keys()) {
    const { balances } = await client.get<{ balances: { held: string }[] }>(`/v1/accounts/s${index}/balances`)
    for (const { held } of balances) assert.equal(Number(held), 0)
  }
})
