import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, test } from 'node:test'
import { type App, startApp } from '../src/app/start.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, testConfig } from './harness.ts'

const TENANT = 'wide'
const config = { ...(await testConfig()), archiveAfterHours: 0 }
let app: App
let client: Client

async function start(): Promise<void> {
  app = await startApp(config)
  process.env['KVIT_URL'] = app.url
  process.env['KVIT_KEY'] = app.rootKey
  client = new Client(config, TENANT)
}

after(async () => {
  await app.close()
  await rm(config.dataDir, { recursive: true, force: true })
})

/** With the digits of its documents, from none to three: at the rating scale there are six more. */
const CURRENCIES = { IDR: 2, VND: 0, KWD: 3, EUR: 2 }
/** Half of it is used before the archive and the restart, half afterwards. */
const MOST = 1_000_000_000_000_000n

const planOf = (currency: string): string => `
  - code: ${currency.toLowerCase()}
    name: In ${currency}
    currency: ${currency}
    prices:
      - { kind: usage, code: tons, name: Tons, meter: tons, rate: { model: per_unit, unitAmount: 1000 } }
      - { kind: usage, code: worth, name: Worth, meter: worth, rate: { model: percentage, percent: 100, fixedPerEvent: 1 } }
      - { kind: usage, code: hours, name: Hours, meter: hours, rate: { model: graduated, tiers: [ { upTo: 10, unitAmount: 1000000000 }, { upTo: null, unitAmount: 1500000000 } ] } }`

const PLANS = `
meters:
  - { code: tons, name: Tons, eventType: load, aggregator: sum, property: tons, unit: t, scale: 0 }
  - { code: worth, name: Worth, eventType: sale, aggregator: sum, property: worth, unit: money, scale: 6 }
  - { code: hours, name: Hours, eventType: crane, aggregator: sum, property: hours, unit: h, scale: 0 }
plans:${Object.keys(CURRENCIES).map(planOf).join('')}
`

let serial = 0
const record = (service: string, type: string, data: Json): Json => {
  return { id: `r${++serial}`, source: 'port', service, type, time: '2026-01-10T00:00:00Z', data }
}

async function send(records: readonly Json[]): Promise<Json> {
  return client.post('/v1/usage', records)
}

/** Nine million million at a time, which at six digits behind the point is what 64 bits hold. */
const sales = (service: string, total: bigint): Json[] => {
  const parts: Json[] = []
  for (let left = total; left > 0n; left -= 9_000_000_000_000n)
    parts.push(record(service, 'sale', { worth: String(left < 9_000_000_000_000n ? left : 9_000_000_000_000n) }))
  return parts
}

async function amountsOf(key: string): Promise<Record<string, string>> {
  const { items } = await client.get<{ items: Json[] }>(`/v1/invoices?account=${key}`)
  const invoice = await client.get<{ document: { lines: Json[] }; total: string }>(`/v1/invoices/${items[0]?.['id']}`)
  const lines = invoice.document.lines.map((line) => [line['description'] as string, line['amount'] as string])
  return { ...Object.fromEntries(lines), total: invoice.total }
}

const money = (amount: bigint, digits: number): string => `${amount}${digits === 0 ? '' : `.${'0'.repeat(digits)}`}`

test('M9: 10^15 of any currency are charged in one period: by usage, from archive and memory, and on the invoice', async () => {
  await start()
  await client.post('/v1/tenants', { name: TENANT, clock: '2026-02-02T00:00:00Z' })
  await seedOperator(client, PLANS)
  for (const currency of Object.keys(CURRENCIES)) {
    const key = `by-${currency}`
    await createSubscriber(client, key, { plan: currency.toLowerCase(), currency })
    const first = await send([record(key, 'load', { tons: '142500000' }), ...sales(key, MOST / 2n)])
    assert.equal(first['suspended'], 0, currency)
  }
  assert.deepEqual(await checkHolds(client), [])
  await client.post('/v1/journal/archive', {})
  assert.deepEqual(await checkHolds(client), [])
  await app.close()
  await start()
  for (const currency of Object.keys(CURRENCIES)) {
    const key = `by-${currency}`
    const rest = await send([record(key, 'load', { tons: '857500000' }), ...sales(key, MOST / 2n)])
    assert.equal(rest['suspended'], 0, currency)
    // A record that is taken back brings a counter down again.
    const taken = record(key, 'load', { tons: '1000000000000' })
    assert.equal((await send([taken]))['charged'], 1, currency)
    const { source, id } = taken
    await client.post('/v1/usage-corrections', {
      key: `c-${key}`,
      source,
      id,
      action: 'retract',
      reason: 'weighed twice',
    })
  }
  await runBills(client, '2026-02-01')
  for (const [currency, digits] of Object.entries(CURRENCIES)) {
    const records = BigInt(sales('', MOST / 2n).length * 2)
    assert.deepEqual(
      await amountsOf(`by-${currency}`),
      {
        Tons: money(MOST / 1000n, digits),
        Worth: money(MOST + records, digits),
        total: money(MOST / 1000n + MOST + records, digits),
      },
      currency,
    )
  }
  assert.deepEqual(await checkHolds(client), [])
})

test('M9: balances hold 10^15 of any currency, for events, sessions and refunds', async () => {
  for (const [currency, digits] of Object.entries(CURRENCIES)) {
    const key = `pre-${currency}`
    await createSubscriber(client, key, { plan: currency.toLowerCase(), currency, creditLimit: '0' })
    await client.post('/v1/top-ups', { key, account: key, amount: money(MOST, digits), currency, method: 'cash' })
    const ask = async (body: Json): Promise<Json> =>
      client.post('/v1/charging', { source: 'gw', service: key, time: '2026-02-01T12:00:00Z', ...body })
    const load = { op: 'event', id: `e-${key}`, type: 'load', data: { tons: '142500000' } }
    const charged = await ask(load)
    assert.deepEqual(
      [charged['result'], BigInt((charged['amount'] as string).split('.')[0] as string)],
      ['charged', 142_500_000_000n],
    )
    const again = await ask(load)
    assert.deepEqual([again['duplicate'], again['amount']], [true, charged['amount']])
    const large = await ask({ op: 'event', id: `l-${key}`, type: 'load', data: { tons: '500000000000' } })
    assert.equal(large['result'], 'charged', currency)
    assert.deepEqual(
      [(await ask({ op: 'event', id: `l-${key}`, type: 'load', data: { tons: '500000000000' } }))['amount']],
      [large['amount']],
    )
    const session = { session: `s-${key}` }
    const granted = await ask({ op: 'start', ...session, requested: [{ type: 'crane', data: { hours: '1000' } }] })
    assert.equal(granted['result'], 'granted', currency)
    const ended = await ask({
      op: 'end',
      ...session,
      sequence: 1,
      time: '2026-02-01T12:30:00Z',
      used: [{ type: 'crane', data: { hours: '100' } }],
    })
    assert.equal(BigInt((ended['amount'] as string).split('.')[0] as string), 145_000_000_000n, currency)
    const refund = await ask({ ...load, op: 'refund' })
    assert.equal(refund['result'], 'refunded', JSON.stringify(refund))
    const { available } = await client.get<{ available: string }>(`/v1/accounts/${key}/balances`)
    assert.equal(available, money(MOST - 500_000_000_000_000n - 145_000_000_000n, digits), currency)
  }
  assert.deepEqual(await checkHolds(client), [])
  await app.close()
  await start()
  assert.deepEqual(await checkHolds(client), [])
})
