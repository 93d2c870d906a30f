/** A levy is on units: what is taken back of usage takes the levy of its units with it, whatever share of the price they are. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, startKvit } from './harness.ts'

const { client } = await startKvit('levies', '2026-02-01T06:00:00Z')
await client.post('/v1/catalog', {
  files: [
    {
      name: 'plans.yaml',
      text: `meters:
  - { code: minutes, name: Minutes, eventType: call, property: minutes, aggregator: sum, unit: min, scale: 0 }
plans:
  - code: tiered
    name: Tiered
    currency: EUR
    prices:
      - kind: usage
        code: calls
        name: Calls
        meter: minutes
        taxClass: telecom
        rate: { model: graduated, tiers: [{ upTo: 100, unitAmount: 1 }, { upTo: null, unitAmount: 0.1 }] }
  - code: free
    name: Free
    currency: EUR
    prices:
      - { kind: usage, code: calls, name: Calls, meter: minutes, taxClass: telecom, rate: { model: per_unit, unitAmount: 0 } }
`,
    },
  ],
})
await client.post('/v1/tax-rates', {
  ...{ source: 'rows of the test', asOf: '2026-01-01' },
  rates: [
    { country: 'DE', tax: 'levy', class: 'telecom', from: '2020-01-01', perUnit: '0.5', currency: 'EUR' },
    { country: 'DE', tax: 'vat', class: 'telecom', from: '2020-01-01', percent: '20', base: 'net_and_earlier' },
  ],
})
const HOME = { country: 'DE' }
const registrations = [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }]
await client.post('/v1/issuers', { key: 'op', name: 'Op', address: 'Op', postalAddress: HOME, registrations })

async function subscriber(key: string, plan: string, pricesIncludeTax = false): Promise<void> {
  await client.post('/v1/customers', { key, name: key, kind: 'consumer', postalAddress: HOME })
  const account = { key, customer: key, issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', { ...account, pricesIncludeTax })
  await client.post('/v1/services', { key, account: key, validFrom: '2026-01-01T00:00:00Z' })
  await client.post('/v1/subscriptions', { key, account: key, plan, startsAt: '2026-01-01T00:00:00Z' })
  const call = (id: string): Json => ({
    ...{ id, source: 'switch', service: key, type: 'call', time: '2026-01-05T10:00:00Z', data: { minutes: '100' } },
  })
  await client.post('/v1/usage', [call(`${key}-1`), call(`${key}-2`)])
}
await subscriber('net', 'tiered')
await subscriber('gross', 'tiered', true)
await subscriber('nothing', 'free')

async function billed(day: string): Promise<Record<string, string[]>> {
  await client.post('/v1/tenants/levies', { clock: `${day}T06:00:00Z` }, 'PATCH')
  await runBills(client, day)
  const told: Record<string, string[]> = {}
  for (const key of ['net', 'gross', 'nothing']) {
    const last = (await client.list(`/v1/invoices?account=${key}`)).at(-1)
    const { document } = await client.get<Json & { document: { totals: Json; taxes: Json[]; lines: Json[] } }>(
      `/v1/invoices/${last?.['id']}`,
    )
    told[key] = [document.totals['net'], ...document.taxes.map(({ amount }) => amount), document.totals['total']].map(
      String,
    )
  }
  return told
}
async function retract(...ids: string[]): Promise<void> {
  for (const id of ids)
    await client.post('/v1/usage-corrections', {
      key: id,
      source: 'switch',
      id,
      action: 'retract',
      reason: 'a mistake',
    })
}

test('200 minutes, then 100 of them taken back, then the others: net, levy of 0.50 each, 20 % on both, total', async () => {
  assert.deepEqual(await billed('2026-02-01'), {
    // 100 × 1.00 + 100 × 0.10; 200 × 0.50; 20 % of 210.00.
    net: ['110.00', '100.00', '42.00', '252.00'],
    // 110.00 with all in it: 110 ÷ 1.2 less 100.00 of levy is a net below zero.
    gross: ['-8.33', '100.00', '18.33', '110.00'],
    nothing: ['0.00', '100.00', '20.00', '120.00'],
  })
  await retract('net-2', 'gross-2', 'nothing-2')
  assert.deepEqual(await billed('2026-03-01'), {
    // 100.00 + 50.00 + 30.00 are left.
    net: ['-10.00', '-50.00', '-12.00', '-72.00'],
    // 100.00 ÷ 1.2 less 50.00 of levy is 33.33: 41.66 more than before; 16.67 of tax are left.
    gross: ['41.66', '-50.00', '-1.66', '-10.00'],
    nothing: ['0.00', '-50.00', '-10.00', '-60.00'],
  })
  await retract('net-1', 'gross-1', 'nothing-1')
  assert.deepEqual(await billed('2026-04-01'), {
    net: ['-100.00', '-50.00', '-30.00', '-180.00'],
    gross: ['-33.33', '-50.00', '-16.67', '-100.00'],
    nothing: ['0.00', '-50.00', '-10.00', '-60.00'],
  })
  assert.deepEqual(await checkHolds(client), [])
})
