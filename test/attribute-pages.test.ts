/** The examples of docs/pricing that choose by attributes, computed: which counter a record goes to, and what it costs. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { formatExact } from '../src/core/base/exact.ts'
import { createZoneClock } from '../src/core/base/zone-clock.ts'
import type { Meter, Plan, UsagePrice } from '../src/core/catalog/plan.ts'
import { deckFileSteps } from '../src/core/mediation/deck-file.ts'
import { groupedName, isRead } from '../src/core/rating/attributes.ts'
import { checkPlan } from '../src/core/rating/check-plan.ts'
import { type CompiledDeck, compileDeck } from '../src/core/rating/compiled-deck.ts'
import {
  accumulate,
  billedQuantity,
  cellNamed,
  compilePrice,
  emptyAggregate,
  exactAmount,
} from '../src/core/rating/compiled-price.ts'
import { deckImport } from '../src/modules/catalog/deck-schemas.ts'
import { catalogFile } from '../src/modules/catalog/schemas.ts'

const PAGES = new URL('../docs/pricing/', import.meta.url)
const HEAD = '| data | time | counter | amount |\n| --- | --- | --- | --- |\n'
const UTC = createZoneClock('UTC')

function texts(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(texts)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, key === 'scale' ? part : texts(part)]))
}

/** The deck of a page, out of its mapping and its CSV. */
function deckOf(page: string): CompiledDeck | undefined {
  const [, mapping] = /```yaml mapping\n(.*?)```/s.exec(page) ?? []
  const [, csv] = /```csv\n(.*?)```/s.exec(page) ?? []
  if (mapping === undefined || csv === undefined) return undefined
  const given = deckImport.parse({
    mapping: parse(mapping),
    effectiveFrom: '2026-01-01',
    file: { name: 'f', text: csv },
  })
  const { destination, code, name, zone, numbers, ...columns } = given.mapping
  const steps = deckFileSteps(csv, { ...columns, name: destination })
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  assert.deepEqual(step.value.problems, [])
  const version = { code, name, version: 1, effectiveFrom: given.effectiveFrom, zone, numbers }
  return compileDeck([{ version: { ...version, columns: Object.keys(columns.rates) }, rows: step.value.rows }])
}

function compile(yaml: string, deck: CompiledDeck | undefined): ReturnType<typeof compilePrice> {
  const { meter, price } = texts(parse(yaml)) as { meter: { code: string }; price: object }
  const file = catalogFile.parse({
    meters: [{ name: 'Meter', aggregator: 'sum', ...meter }],
    plans: [
      {
        code: 'plan',
        name: 'Plan',
        currency: 'EUR',
        prices: [{ kind: 'usage', code: 'price', name: 'Price', meter: meter.code, ...price }],
      },
    ],
  })
  const [published, plan] = [file.meters[0] as Meter, file.plans[0] as Plan]
  const decks = new Map(deck === undefined ? [] : [[deck.code, deck]])
  assert.deepEqual(checkPlan(plan, { meters: new Map([[published.code, published]]), schedules: new Map(), decks }), [])
  return compilePrice(plan.prices[0] as UsagePrice, 'EUR', published, { deck })
}

/** The counter and the amount of one record, or why it has none. */
function charge(price: ReturnType<typeof compilePrice>, data: Record<string, unknown>, time: string): string[] {
  const values = price.attributes.map((name) => String(data[name] ?? ''))
  if (!isRead(price, values)) return ['not read', '']
  const cell = price.cells[price.selector.cellAt(Date.parse(time), UTC, values)]
  if (cell === undefined) return ['no_price', '']
  const name = price.groupAt < 0 ? (cell.name ?? '') : groupedName(cell.name, values[price.groupAt] as string)
  assert.equal(cellNamed(price, name), cell)
  const quantity = billedQuantity(
    cell,
    BigInt(String(data[price.meter.property as string])) * 10n ** BigInt(price.meter.scale),
  )
  const after = accumulate(cell, emptyAggregate(cell), { quantity, sessions: 1n })
  return [name, formatExact(exactAmount(price, cell, after))]
}

let examples = 0
for (const name of readdirSync(PAGES)) {
  const page = readFileSync(new URL(name, PAGES), 'utf8')
  for (const [index, part] of page.split(HEAD).entries()) {
    if (index === 0) continue
    const yaml = page.split(HEAD)[index - 1]?.split('```yaml\n').at(-1)?.split('```')[0] ?? ''
    const rows = part.split('\n\n')[0]?.split('\n') ?? []
    for (const row of rows) {
      const [, data = '', time = '', counter = '', amount = ''] = row.split(/(?<!\\)\|/).map((text) => text.trim())
      examples++
      test(`docs/pricing/${name}: ${data} at ${time} is ${counter} ${amount}`, () => {
        const record = JSON.parse(data.slice(1, -1)) as Record<string, unknown>
        assert.deepEqual(charge(compile(yaml, deckOf(page)), record, time), [counter.replace('\\', ''), amount])
      })
    }
  }
}

test('the pages have examples', () => {
  assert.ok(examples >= 20)
})
