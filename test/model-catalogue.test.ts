/** The published prices of 1,694 language models as plans, against a slow reading of the list itself. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Decimal } from 'decimal.js'
import { randomFrom } from '../bench/workload.ts'
import { plansOfModels, readModelPrices } from '../src/cli/model-prices.ts'
import { formatExact } from '../src/core/base/exact.ts'
import { createZoneClock } from '../src/core/base/zone-clock.ts'
import type { Meter, Plan, UsagePrice } from '../src/core/catalog/plan.ts'
import { accumulate, emptyAggregate } from '../src/core/rating/accumulate.ts'
import { exactAmount } from '../src/core/rating/charged-amount.ts'
import { checkPlan } from '../src/core/rating/check-plan.ts'
import { compilePrice } from '../src/core/rating/compile-price.ts'
import type { CompiledPrice, RateElement } from '../src/core/rating/compiled-price.ts'
import { catalogFile } from '../src/modules/catalog/schemas.ts'
import { SHARED } from './harness.ts'

const LIST = join(SHARED, 'data/llm-price-catalogue/genai-prices-0.1.8.json')
const TRACES = join(SHARED, 'data/azure-llm-inference-2023')
const skip = existsSync(LIST) ? false : 'needs ../shared/data'
const utc = createZoneClock('UTC')
const Oracle = Decimal.clone({ precision: 60 })
type Plans = Map<string, Map<string, CompiledPrice>>

/** The list as it is, read again on its own: numbers as texts. */
interface ListedModel {
  id: string
  prices: unknown
}

/** What a price of the list is at a moment, for a prompt of so many tokens, by the words of its own documentation. */
function listedPrice(model: ListedModel, key: string, context: number, time: Date): string | undefined {
  const versions = (Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }]) as {
    constraint?: { type: string; start_date?: string; start_time?: string; end_time?: string } | null
    prices: Record<string, string | { base: string; tiers: { start: string; price: string }[] }>
  }[]
  const clock = time.toISOString().slice(11, 19)
  const active = versions.toReversed().find(({ constraint }) => {
    if (constraint?.type === 'start_date') return time.toISOString().slice(0, 10) >= String(constraint.start_date)
    if (constraint?.type !== 'time_of_date') return true
    const [from, until] = [String(constraint.start_time).slice(0, 8), String(constraint.end_time).slice(0, 8)]
    return from <= until ? clock >= from && clock < until : clock >= from || clock < until
  })
  const amount = active?.prices[key]
  if (amount === undefined || typeof amount === 'string') return amount
  return amount.tiers.findLast(({ start }) => context > Number(start))?.price ?? amount.base
}

function compileAll(): { plans: Plans; models: number } {
  const providers = readModelPrices(readFileSync(LIST, 'utf8'))
  const file = catalogFile.parse(JSON.parse(JSON.stringify(plansOfModels(providers))))
  const meters = new Map(file.meters.map((meter) => [meter.code, meter as Meter]))
  const plans: Plans = new Map()
  for (const plan of file.plans as Plan[]) {
    assert.deepEqual(checkPlan(plan, { meters, schedules: new Map(), decks: new Map() }), [], plan.code)
    const prices = plan.prices as UsagePrice[]
    plans.set(
      plan.code,
      new Map(prices.map((price) => [price.code, compilePrice(price, 'USD', meters.get(price.meter) as Meter)])),
    )
  }
  return { plans, models: providers.reduce((sum, { models }) => sum + models.length, 0) }
}

test('every model of the list is in a plan that is right', { skip }, () => {
  const { plans, models } = compileAll()
  assert.equal(models, 1694)
  assert.ok(plans.size >= 40)
})

test('random models, prompts and moments cost what the list says', { skip }, () => {
  const { plans } = compileAll()
  const providers = readModelPrices(readFileSync(LIST, 'utf8'))
  const random = randomFrom(20_261_123)
  const priced = new Set<string>()
  for (let round = 0; round < 20_000; round++) {
    const provider = providers[Math.floor(random() * providers.length)]
    const model = provider?.models[Math.floor(random() * provider.models.length)] as ListedModel | undefined
    if (provider === undefined || model === undefined) continue
    const context = Math.floor(random() * 600_000)
    const time = new Date(Date.UTC(2025, 0, 1) + Math.floor(random() * 730 * 86_400_000))
    for (const [property, key] of [
      ['input-tokens', 'input_mtok'],
      ['output-tokens', 'output_mtok'],
      ['cache-read-tokens', 'cache_read_mtok'],
    ] as const) {
      const expected = listedPrice(model, key, context, time)
      const price: CompiledPrice | undefined = plans.get(`models-${provider.id.replaceAll('_', '-')}`)?.get(property)
      const values: string[] = (price?.attributes ?? []).map((name: string) =>
        name === 'model' ? model.id : String(context),
      )
      const at: number = price?.selector.elementAt(time.getTime(), utc, values) ?? -1
      const cell: RateElement | undefined = price?.elements[at]
      if (expected === undefined) {
        assert.equal(cell, undefined, `${provider.id} ${model.id} ${key}`)
        continue
      }
      assert.ok(price !== undefined && cell !== undefined, `${provider.id} ${model.id} ${key}`)
      const used = BigInt(context) + 1n
      const amount = exactAmount(price, cell, accumulate(cell, emptyAggregate(cell), { quantity: used }))
      const oracle = new Oracle(expected).mul(used.toString()).div(1_000_000)
      assert.equal(formatExact(amount), oracle.toFixed())
      priced.add(`${provider.id} ${model.id}`)
    }
  }
  assert.ok(priced.size > 1000)
})

test('the code trace of Azure costs the same on any of them, record by record or as one sum', { skip }, () => {
  const trace = readdirSync(TRACES).find((name) => name.includes('code') && name.endsWith('.csv')) as string
  const [, ...lines] = readFileSync(join(TRACES, trace), 'utf8').trim().split('\n')
  const requests = lines.map((line) => line.trim().split(',').slice(1).map(Number) as [number, number])
  assert.equal(requests.length, 8819)
  const { plans } = compileAll()
  const providers = readModelPrices(readFileSync(LIST, 'utf8'))
  for (const [providerId, modelId] of [
    ['anthropic', 'claude-sonnet-4-6'],
    ['openai', 'gpt-4o'],
    ['deepseek', 'deepseek-chat'],
    ['google', 'gemini-2.5-pro'],
    ['mistral', 'mistral-small-latest'],
  ] as const) {
    const model = providers.find(({ id }) => id === providerId)?.models.find(({ id }) => id === modelId) as ListedModel
    assert.ok(model !== undefined, modelId)
    const time = new Date('2023-11-16T18:17:03Z')
    let oracle = new Oracle(0)
    let total = new Oracle(0)
    for (const [at, property, key] of [
      [0, 'input-tokens', 'input_mtok'],
      [1, 'output-tokens', 'output_mtok'],
    ] as const) {
      const price = plans.get(`models-${providerId}`)?.get(property)
      assert.ok(price !== undefined)
      const counters = new Map<number, readonly bigint[]>()
      for (const request of requests) {
        const values = price.attributes.map((name) => (name === 'model' ? modelId : String(request[0])))
        const elementAt = price.selector.elementAt(time.getTime(), utc, values)
        const cell: RateElement | undefined = price.elements[elementAt]
        assert.ok(cell !== undefined)
        const before = counters.get(elementAt) ?? emptyAggregate(cell)
        counters.set(elementAt, accumulate(cell, before, { quantity: BigInt(request[at]) }))
        oracle = oracle.plus(
          new Oracle(listedPrice(model, key, request[0], time) as string).mul(request[at]).div(1_000_000),
        )
      }
      for (const [elementAt, aggregate] of counters)
        total = total.plus(formatExact(exactAmount(price, price.elements[elementAt] as RateElement, aggregate)))
    }
    assert.equal(total.toFixed(), oracle.toFixed(), modelId)
  }
})
