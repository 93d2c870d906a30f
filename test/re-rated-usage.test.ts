import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Json } from '../src/cli/client.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

/** Re-rating where it meets changes of plan and the rules of sessions. */
const plan = (code: string, price: string): string =>
  `  - { code: ${code}, name: ${code}, currency: EUR, prices: [ { kind: usage, meter: calls, name: Calls, ${price} } ] }`

const PLANS = `
meters:
  - { code: calls, name: Calls, eventType: call, aggregator: sum, property: units, unit: unit, scale: 0 }
plans:
${plan('old', 'code: first, rate: { model: per_unit, unitAmount: 1 }')}
${plan('packages', 'code: second, rate: { model: package, amount: 6, size: 4 }')}
${plan('free', 'code: third, rate: { model: per_unit, unitAmount: 1, freePerSession: 3 }')}
${plan('fees', 'code: fourth, rate: { model: per_unit, unitAmount: 1, freePerSession: 3, connectionFee: 5 }')}
${plan('paid', 'code: fifth, rate: { model: per_unit, unitAmount: 1, connectionFee: 5 }')}
`
const { client } = await startKvit('rerates', '2026-02-28T12:00:00Z')
await seedOperator(client, PLANS)

async function use(service: string, day: string, units: number): Promise<void> {
  const record = { id: `${service}-${day}`, source: 's', service, type: 'call', time: `${day}T10:00:00Z` }
  await client.post('/v1/usage', [{ ...record, data: { units: String(units) } }])
}

/** @returns what all of it costs afterwards. */
async function reRate(account: string, from: string, to: string, until: string): Promise<number> {
  const { id } = await client.post<Json>('/v1/re-ratings', {
    key: `${account} ${to}`,
    reason: 'a test',
    plans: [{ from: { code: from, version: 1 }, to: { code: to, version: 1 } }],
    accounts: [account],
    from: '2026-02-01',
    until,
  })
  for (const [wanted, path] of [
    ['draft', 'approve'],
    ['complete', null],
  ] as const) {
    for (;;) {
      const found = await client.get<Json>(`/v1/re-ratings/${String(id)}`)
      assert.notEqual(found['status'], 'failed', String(found['error']))
      if (found['status'] === wanted) break
      await setTimeout(20)
    }
    if (path !== null) await client.post(`/v1/re-ratings/${String(id)}/${path}`, {})
  }
  const { documents } = await client.get<{ documents: { lines: Json[] }[] }>(`/v1/accounts/${account}/next-invoice`)
  return documents.flatMap(({ lines }) => lines).reduce((sum, line) => sum + Number(line['amount']), 0)
}

test('usage that is re-rated to the plan that follows in the period shares its packages', async () => {
  await createSubscriber(client, 'anna', { plan: 'old', startsAt: '2026-02-01T00:00:00Z' })
  await use('anna', '2026-02-03', 1)
  await client.post('/v1/subscriptions/anna/changes', { kind: 'plan', plan: 'packages', at: '2026-02-20T00:00:00Z' })
  await use('anna', '2026-02-23', 1)
  assert.equal(await reRate('anna', 'old', 'packages', '2026-02-05'), 6)
  await use('anna', '2026-02-04', 1)
  assert.deepEqual(await checkHolds(client), [])
})

const FREE: readonly (readonly [account: string, from: string, to: string, units: number, right: number])[] = [
  ['boris', 'free', 'fees', 1, 5],
  ['clara', 'free', 'paid', 1, 6],
  ['dina', 'free', 'fees', 5, 7],
  ['emil', 'fees', 'free', 1, 0],
]
for (const [account, from, to, units, right] of FREE)
  test(`a record of ${units} that is re-rated from "${from}" to "${to}" costs what it would cost there: ${right}`, async () => {
    await createSubscriber(client, account, { plan: from, startsAt: '2026-02-01T00:00:00Z' })
    await use(account, '2026-02-03', units)
    assert.equal(await reRate(account, from, to, '2026-03-01'), right)
    assert.deepEqual(await checkHolds(client), [])
  })
