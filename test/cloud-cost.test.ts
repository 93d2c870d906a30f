/** A thousand rows of real cloud bills (FOCUS 1.0), rated from quantity and list price, then charged and billed. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { Decimal } from 'decimal.js'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { importUsageFile } from '../src/cli/usage-import.ts'
import { formatExact } from '../src/core/base/exact.ts'
import type { Meter, UsagePrice } from '../src/core/catalog/plan.ts'
import { accumulate, emptyAggregate } from '../src/core/rating/accumulate.ts'
import { exactAmount } from '../src/core/rating/charged-amount.ts'
import { compilePrice } from '../src/core/rating/compile-price.ts'
import { checkHolds, SHARED, seedOperator, startKvit } from './harness.ts'

const FILE = join(SHARED, 'data/focus-cloud-cost/focus_sample_1000.csv')
const skip = existsSync(FILE) ? false : 'needs ../shared/data'
const Oracle = Decimal.clone({ precision: 60 })
type Row = Readonly<Record<string, string>>

const rows = skip === false ? (parse(readFileSync(FILE), { columns: true }) as Row[]) : []
const priced = rows.filter(({ ListUnitPrice, ListCost }) => ListUnitPrice !== 'NULL' && ListCost !== 'NULL')
const plain = (text: string | undefined): string => new Oracle(text as string).toFixed()

/** The price sheet's key: its price id, or, where a provider gives none, the service with its price. */
function skuOf({ SkuPriceId, ServiceName, ListUnitPrice }: Row): string {
  return SkuPriceId === '' || SkuPriceId === 'NULL'
    ? `${ServiceName} at ${plain(ListUnitPrice)}`
    : (SkuPriceId as string)
}

function priceSheet(): object {
  const prices = new Map(priced.map((row) => [skuOf(row), plain(row['ListUnitPrice'])]))
  const rates = [...prices].map(([sku, unitAmount]) => {
    return { when: { sku }, rate: { model: 'per_unit', unitAmount } }
  })
  return { keys: ['sku'], rates }
}

const METER = {
  code: 'usage',
  name: 'Usage',
  eventType: 'usage',
  aggregator: 'sum',
  property: 'quantity',
  unit: 'unit',
  scale: 11,
  negative: 'allowed',
} as const

test('each row costs what the bill lists, wherever the bill agrees with itself', { skip }, () => {
  const own = { kind: 'usage', code: 'usage', name: 'Usage', meter: 'usage', belowZero: 'credited' } as const
  const price: UsagePrice = { ...own, matrix: priceSheet() as UsagePrice['matrix'] }
  const compiled = compilePrice(price, 'USD', METER as Meter)
  const found = { exactly: 0, nearly: 0, inconsistent: 0 }
  for (const row of priced) {
    const cell = compiled.elements[compiled.selector.elementAt(0, undefined as never, [skuOf(row)])]
    assert.ok(cell !== undefined)
    const quantity = BigInt(new Oracle(row['PricingQuantity'] as string).mul('1e11').toFixed())
    const amount = formatExact(exactAmount(compiled, cell, accumulate(cell, emptyAggregate(cell), { quantity })))
    const product = new Oracle(row['PricingQuantity'] as string).mul(row['ListUnitPrice'] as string)
    assert.equal(amount, product.toFixed())
    const off = product.minus(row['ListCost'] as string).abs()
    if (off.isZero()) found.exactly++
    else if (off.lt('1e-6')) found.nearly++
    else found.inconsistent++
  }
  // The last ones list a cost that is not quantity × price: by the source, not by rounding.
  assert.deepEqual(found, { exactly: 509, nearly: 465, inconsistent: 25 })
})

test('E13: charged and billed per sub-account, to the last digit of the list', { skip }, async () => {
  const { client } = await startKvit('cloud', '2024-10-02T00:00:00Z')
  const plan = {
    code: 'cloud',
    name: 'Cloud',
    currency: 'USD',
    prices: [
      { kind: 'usage', code: 'usage', name: 'Usage', meter: 'usage', belowZero: 'credited', matrix: priceSheet() },
    ],
  }
  await seedOperator(client, JSON.stringify({ meters: [METER], plans: [plan] }))
  const usage = priced
  const negative = usage.filter((row) => row['PricingQuantity']?.startsWith('-')).length
  assert.ok(negative > 0, 'some rows take back')
  const accounts = [...new Set(usage.map(({ SubAccountId }) => SubAccountId as string))]
  const keyOf = (account: string): string => `sub-${accounts.indexOf(account)}`
  for (const account of accounts) {
    const key = keyOf(account)
    await client.post('/v1/customers', { key, name: account })
    const terms = { currency: 'USD', zone: 'UTC', cycleAnchor: '2024-09-01' }
    await client.post('/v1/accounts', { key, customer: key, issuer: 'op', ...terms })
    await client.post('/v1/services', { key, account: key, validFrom: '2024-09-01T00:00:00Z' })
    await client.post('/v1/subscriptions', { key, account: key, plan: 'cloud', startsAt: '2024-09-01T00:00:00Z' })
  }
  const records = usage.map((row, index) => ({
    id: `row-${index}`,
    source: 'focus',
    service: keyOf(row['SubAccountId'] as string),
    type: 'usage',
    time: `${(row['ChargePeriodStart'] as string).replace(' ', 'T')}Z`,
    data: { quantity: plain(row['PricingQuantity']), sku: skuOf(row) },
  }))
  const report = await client.post('/v1/usage', records)
  assert.deepEqual(await client.list('/v1/suspense'), [])
  assert.equal(report['charged'], usage.length)
  await runBills(client, '2024-10-01')
  for (const account of accounts) {
    const expected = usage
      .filter(({ SubAccountId }) => SubAccountId === account)
      .reduce(
        (sum, row) => sum.plus(new Oracle(row['PricingQuantity'] as string).mul(row['ListUnitPrice'] as string)),
        new Oracle(0),
      )
    let billed = new Oracle(0)
    for (const { id } of await client.list<Json & { id: string }>(`/v1/invoices?account=${keyOf(account)}`)) {
      const { document } = await client.get<Json & { document: { lines: Json[] } }>(`/v1/invoices/${id}`)
      for (const { exactAmount: amount } of document.lines) billed = billed.plus(amount as string)
    }
    assert.equal(billed.toFixed(), expected.toFixed(), account)
  }
  assert.deepEqual(await checkHolds(client), [])
})

test('E13: the file itself, by its billed cost, is whole by sub-account, provider and service, with all that is negative', {
  skip,
}, async () => {
  const { client } = await startKvit('focus', '2024-10-02T00:00:00Z')
  const meters = [
    { ...METER, code: 'cost', name: 'Cost', property: 'cost', unit: 'USD', groupBy: ['provider', 'service'] },
  ]
  const price = { kind: 'usage', code: 'cost', name: 'Cost', meter: 'cost', belowZero: 'credited' }
  const prices = [{ ...price, rate: { model: 'per_unit', unitAmount: '1' } }]
  const plans = [{ code: 'cloud', name: 'Cloud', currency: 'USD', prices }]
  await seedOperator(client, JSON.stringify({ meters, plans }))
  const accounts = [...new Set(rows.map(({ SubAccountId }) => SubAccountId as string))]
  for (const [index, account] of accounts.entries()) {
    const key = `sub-${index}`
    await client.post('/v1/customers', { key, name: account })
    const terms = { currency: 'USD', zone: 'UTC', cycleAnchor: '2024-09-01' }
    await client.post('/v1/accounts', { key, customer: key, issuer: 'op', ...terms })
    await client.post('/v1/services', { key: account, account: key, validFrom: '2024-09-01T00:00:00Z' })
    await client.post('/v1/subscriptions', { key, account: key, plan: 'cloud', startsAt: '2024-09-01T00:00:00Z' })
  }
  const report = await importUsageFile(client, FILE, {
    ...{ name: 'FOCUS', source: 'focus', type: 'usage', id: '{#}', service: '{SubAccountId}' },
    time: { column: 'ChargePeriodStart', format: 'local' },
    data: {
      cost: { column: 'BilledCost', none: ['NULL'], round: 'half_even' },
      provider: { column: 'ProviderName', kind: 'text' },
      service: { column: 'ServiceName', kind: 'text' },
    },
  })
  assert.deepEqual([report.charged, report.suspended], [String(rows.length), '0'])
  await runBills(client, '2024-10-01')
  const sums = (entries: Iterable<readonly [string, string]>): Record<string, string> => {
    const found = new Map<string, Decimal>()
    for (const [key, amount] of entries) found.set(key, new Oracle(found.get(key) ?? 0).plus(amount))
    const named = [...found].map(([key, sum]) => [key, sum.toFixed()] as const).filter(([, sum]) => sum !== '0')
    return Object.fromEntries(named.sort(([one], [other]) => (one < other ? -1 : 1)))
  }
  const billed: [string, string][] = []
  for (const [index, account] of accounts.entries())
    for (const { id } of await client.list<Json & { id: string }>(`/v1/invoices?account=sub-${index}`)) {
      const { document } = await client.get<Json & { document: { lines: Json[] } }>(`/v1/invoices/${id}`)
      for (const { description, exactAmount } of document.lines)
        billed.push([`${account}: ${description}`, exactAmount as string])
    }
  const expected = rows.map(
    ({ SubAccountId, ProviderName, ServiceName, BilledCost }) =>
      [`${SubAccountId}: Cost: ${ProviderName} · ${ServiceName}`, BilledCost as string] as const,
  )
  assert.deepEqual(sums(billed), sums(expected))
  assert.equal(rows.filter(({ BilledCost }) => BilledCost?.startsWith('-')).length, 13)
  assert.deepEqual(await checkHolds(client), [])
})
