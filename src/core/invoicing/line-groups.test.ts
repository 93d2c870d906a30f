import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addExact, exact, roundExact } from '../base/exact.ts'
import type { UsagePrice } from '../catalog/plan.ts'
import type { Billable } from './invoice-lines.ts'
import { roundedTogether } from './line-groups.ts'

const PERIOD = { start: '2026-01-01', end: '2026-02-01' }
const usage = { measures: [1n], records: 1, throughSeq: 1 }

function chargeOf(cell: string, numerator: bigint, denominator = 1n): Billable {
  return {
    ...{ kind: 'usage', subscriptionId: 's', planVersionId: 'v', priceCode: 'calls', cell, isLate: false, usage },
    ...{ period: PERIOD, shown: PERIOD, description: cell, amount: exact(numerator, 4, denominator) },
  }
}

const priceWith = (invoiceLine: UsagePrice['invoiceLine']): UsagePrice => ({
  ...{ kind: 'usage', code: 'calls', name: 'Calls', meter: 'minutes', invoiceLine },
})

test('E14: charges of one line add up to their sum, rounded once, and none is off by a minor unit', () => {
  const amounts = fc.array(fc.tuple(fc.bigInt(-99_999n, 999_999n), fc.bigInt(1n, 7n)), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(amounts, fc.constantFrom('EUR', 'JPY', 'KWD'), (list, currency) => {
      const digits = { EUR: 2, JPY: 0, KWD: 3 }[currency] as number
      const charges = list.map(([numerator, denominator], index) => chargeOf(`rate ${index}`, numerator, denominator))
      const together = roundedTogether(charges, () => priceWith('price'), currency)
      const sum = charges.reduce((total, { amount }) => addExact(total, amount), exact(0n))
      assert.equal(
        together.reduce((total, { minor }) => total + (minor as bigint), 0n),
        roundExact(sum, digits),
      )
      for (const { amount, minor } of together) {
        assert.ok((minor as bigint) >= roundExact(amount, digits, 'floor'))
        assert.ok((minor as bigint) <= roundExact(amount, digits, 'floor') + 1n)
      }
    }),
  )
})

test('E14: by group, the rates of one group stand together; without a word each rate has a line', () => {
  const charges = ['day|north', 'night|north', 'day|south'].map((cell) => chargeOf(cell, 30n))
  const by = (line: UsagePrice['invoiceLine']): unknown[] =>
    roundedTogether(charges, () => priceWith(line), 'EUR').map(({ group, minor }) => [group?.description, minor])
  assert.deepEqual(by('group'), [
    ['Calls: north', 1n],
    ['Calls: north', 0n],
    ['Calls: south', 0n],
  ])
  assert.deepEqual(by(undefined), [
    [undefined, undefined],
    [undefined, undefined],
    [undefined, undefined],
  ])
})
