import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addLot, newBalances } from './balances.ts'
import { BalancePoster, planDeductions, type UseContext } from './deductions.ts'
import { applyMovement, type MovementSink } from './movements.ts'
import { type OperationContext, openLot } from './operations.ts'

const [MARCH, APRIL, MAY] = [Date.parse('2026-03-01'), Date.parse('2026-04-01'), Date.parse('2026-05-01')]

/** An account whose plan gave 36 MB in March and 36 MB in April, with what is left of both. */
function world(): {
  use: (usedMs: number, units: bigint) => bigint
  giveBack: (usedMs: number, units: bigint) => void
  left: () => bigint[]
} {
  const balances = newBalances('acme')
  const sink: MovementSink = {
    open: (_account, lot) => addLot(balances, lot),
    move: (movement) => applyMovement(balances, movement),
  }
  const operation: OperationContext = { balances, creditLimit: 0n, nowMs: MARCH, period: 0, sink }
  for (const [fromMs, untilMs] of [[MARCH, APRIL] as const, [APRIL, MAY] as const]) {
    const scope = { allowance: 'data' }
    const lot = {
      unit: 'MB',
      source: 'plan' as const,
      amount: 36n,
      priority: 50,
      isShared: false,
      origin: `of ${fromMs}`,
    }
    openLot(operation, { ...lot, fromMs, untilMs, scope }, 'plan')
  }
  const payers = [{ balances, creditLimit: 0n, caps: null }]
  const contextAt = (usedMs: number): UseContext => ({
    ...{ nowMs: APRIL + 10, usedMs, meter: 'data', price: 'data', cell: '', subscription: 's', gives: ['data'] },
    ...{ member: balances, period: 0 },
  })
  return {
    use: (usedMs, units) => {
      const { takes, short } = planDeductions(payers, 'MB', units, contextAt(usedMs))
      new BalancePoster(sink, contextAt(usedMs)).pay(takes)
      return short
    },
    giveBack: (usedMs, units) => new BalancePoster(sink, contextAt(usedMs)).giveBackUnits(payers, 'MB', units),
    left: () => balances.lots.map(({ remaining }) => remaining),
  }
}

test("units of March that a correction gives back are March's again, and not April's", () => {
  const { use, giveBack, left } = world()
  use(MARCH + 1, 36n)
  use(APRIL + 1, 36n)
  giveBack(MARCH + 1, 36n)
  assert.deepEqual(left(), [36n, 0n])
  assert.equal(use(MARCH + 1, 16n), 0n, 'the record as it was amended is covered')
  assert.equal(use(APRIL + 1, 1n), 1n, 'and April has no more than it had')
})

test('what has no lot of its time any more is not given back', () => {
  const { use, giveBack, left } = world()
  use(APRIL + 1, 30n)
  giveBack(MARCH - 1, 5n)
  assert.deepEqual(left(), [36n, 6n])
})
