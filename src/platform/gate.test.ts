import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Gate } from './gate.ts'
import { Budgets, budgetLimits } from './http/budgets.ts'
import { Refusal } from './problems.ts'

const LIMITS = { atOnce: 2, atOnceOfOwner: 1, waiting: 5, waitingOfOwner: 3 }

/** Works that end when they are told to. */
function works(gate: Gate) {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const run = (owner: string, name: string): Promise<void> =>
    gate.run(owner, async () => {
      begun.push(name)
      await new Promise<void>((resolve) => ends.set(name, resolve))
    })
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { begun, run, end }
}

test('owners take turns at a gate, and none has more than its share', async () => {
  const { begun, run, end } = works(new Gate('works', LIMITS))
  const all = ['a1', 'a2', 'a3', 'b1', 'c1'].map((name) => run(name[0] as string, name))
  assert.deepEqual(begun, ['a1', 'b1'])
  await end('b1')
  assert.deepEqual(begun, ['a1', 'b1', 'c1'])
  for (const name of ['a1', 'c1', 'a2', 'a3']) await end(name)
  assert.deepEqual(begun, ['a1', 'b1', 'c1', 'a2', 'a3'])
  await Promise.all(all)
})

test('what waits is bounded, of one owner and of all; a work that fails gives its place back', async () => {
  const gate = new Gate('works', LIMITS)
  const { run, end } = works(gate)
  const code = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof Refusal ? error.code : 'fault'),
    )
  const all = ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'b3'].map((name) => run(name[0] as string, name))
  assert.equal(await code(run('a', 'a5')), 'too_many_requests')
  assert.equal(await code(run('c', 'c1')), 'overloaded')
  for (const name of ['a1', 'b1', 'a2', 'b2', 'a3', 'b3', 'a4']) await end(name)
  await Promise.all(all)
  for (let time = 0; time < 5; time++)
    assert.equal(await code(gate.run('a', async () => Promise.reject(new Error('fault')))), 'fault')
})

test('requests and bytes have shares of key and tenant, which are given back', () => {
  let nowMs = 0
  const limits = budgetLimits(3, 2)
  const budgets = new Budgets({ ...limits, requests: { inAll: 4, ofTenant: 3, ofKey: 2 } }, () => nowMs)
  const refusal = (work: () => unknown): string => {
    try {
      work()
      return ''
    } catch (error) {
      return error instanceof Refusal ? `${error.code} ${error.message.split(';')[0]}` : String(error)
    }
  }
  const first = budgets.admit('t', 'k')
  const second = budgets.admit('t', 'k')
  assert.equal(
    refusal(() => budgets.admit('t', 'k')),
    'too_many_requests too many requests of this key are under way',
  )
  first.takeBytes(1024 * 1024)
  assert.match(
    refusal(() => second.takeBytes(1)),
    /bytes of this key/,
  )
  first.release()
  first.release()
  second.takeBytes(1024 * 1024)
  assert.match(
    refusal(() => budgets.admit('t', 'k')),
    /requests of this key a second/,
  )
  nowMs = 500
  const third = budgets.admit('t', 'k')
  const other = budgets.admit('t', 'other')
  assert.match(
    refusal(() => budgets.admit('t', 'another')),
    /requests of this tenant are under way/,
  )
  const elsewhere = budgets.admit('u', null)
  assert.match(
    refusal(() => budgets.admit('v', null)),
    /^overloaded/,
  )
  for (const admission of [second, third, other, elsewhere]) admission.release()
  nowMs = 10_000
  budgets.admit('t', 'k').takeBytes(1024 * 1024)
})
