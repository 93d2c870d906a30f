/** The examples of docs/pricing, computed: under each price the records, one after another, and what they cost in all. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { formatExact } from '../src/core/base/exact.ts'
import { parseQuantity } from '../src/core/base/quantity.ts'
import type { Meter, Plan, UsagePrice } from '../src/core/catalog/plan.ts'
import { checkPlan } from '../src/core/rating/check-plan.ts'
import {
  accumulate,
  billedQuantity,
  chargedAmount,
  compilePrice,
  emptyAggregate,
  exactAmount,
} from '../src/core/rating/compiled-price.ts'
import { catalogFile } from '../src/modules/catalog/schemas.ts'

const PAGES = new URL('../docs/pricing/', import.meta.url)
const EXAMPLE = /```yaml\n(.*?)```\n\n\| records \| amount \|\n\| --- \| --- \|\n((?:\|[^\n]*\|\n)+)/gs

/** Numbers become their texts, as in plan files. */
function texts(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(texts)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    key === 'scale' || key === 'freeEvents' ? inner : texts(inner),
  ])
  return Object.fromEntries(entries)
}

interface Example {
  readonly meter: { unit: string; scale: number }
  readonly price: Record<string, unknown>
}

function cost(yaml: string, records: readonly string[]): string {
  const { meter: given, price: written } = texts(parse(yaml)) as Example
  const meter = { code: 'used', name: 'Used', eventType: 'use', aggregator: 'sum', property: 'amount', ...given }
  const price = { kind: 'usage', code: 'price', name: 'Price', meter: 'used', ...written }
  const plan = { code: 'plan', name: 'Plan', currency: 'USD', prices: [price] }
  const file = catalogFile.parse({ meters: [meter], plans: [plan] })
  const known = { meters: new Map([['used', file.meters[0] as Meter]]), schedules: new Map() }
  assert.deepEqual(checkPlan(file.plans[0] as Plan, known), [])
  const compiled = compilePrice(file.plans[0]?.prices[0] as UsagePrice, 'USD', file.meters[0] as Meter)
  const [cell] = compiled.cells
  assert.ok(cell !== undefined)
  let aggregate = emptyAggregate(cell)
  // What a price costs without usage is charged with the first record.
  let charged = chargedAmount(compiled, cell, aggregate)
  for (const record of records) {
    const quantity = billedQuantity(cell, parseQuantity(record, given.scale) as bigint)
    const before = chargedAmount(compiled, cell, aggregate)
    aggregate = accumulate(cell, aggregate, { quantity })
    charged += chargedAmount(compiled, cell, aggregate) - before
  }
  assert.equal(charged, chargedAmount(compiled, cell, aggregate), 'charges add up to the price of the whole')
  return formatExact(exactAmount(compiled, cell, aggregate))
}

let examples = 0
for (const page of readdirSync(PAGES)) {
  for (const [, yaml = '', rows = ''] of readFileSync(new URL(page, PAGES), 'utf8').matchAll(EXAMPLE)) {
    for (const row of rows.trim().split('\n')) {
      const [records = '', amount = ''] = row
        .split('|')
        .slice(1, 3)
        .map((text) => text.trim())
      examples++
      test(`docs/pricing/${page}: ${records} cost ${amount}`, () => {
        assert.equal(cost(yaml, records.split(', ')), amount)
      })
    }
  }
}

test('every page has examples', () => {
  assert.ok(examples >= 30)
})
