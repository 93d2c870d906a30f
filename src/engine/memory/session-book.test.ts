import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { NameRows } from '../columnar/name-rows.ts'
import type { Session } from '../journal/session.ts'
import { SessionBook } from './session-book.ts'

const SEED = Uint32Array.of(1, 2, 3, 4)
const idOf = (account: number): string => `account-${account}`
const numberOf = (id: string): number => Number(id.slice(8))

function session(key: string, expiresMs = 1_000, state: Session['state'] = 'running'): Session {
  const part = { used: 7n, begun: 10n, spent: 1n << 70n, isRated: true, reserved: 3n, reservedSession: 0n }
  const units = [{ account: 'a', lot: 2, unit: 'MB', source: 'plan' as const, amount: 5n }]
  const groups = new Map([['voice', [{ pool: '["p"]', ...part, units }]]])
  const times = { startedMs: 1, reportedMs: 2, expiresMs }
  return { key, service: 's', ...times, state, sequence: 4, answer: { result: 'granted', sequence: 4 }, groups }
}

test('names are found as long as they are there, whichever others come and go', () => {
  const names = Array.from({ length: 60 }, (_, at) => Uint32Array.of(at % 7, at, 3, 4))
  fc.assert(
    fc.property(fc.array(fc.nat(59), { maxLength: 400 }), (steps) => {
      const rows = new NameRows()
      const there = new Map<number, number>()
      for (const [step, at] of steps.entries()) {
        const name = names[at] as Uint32Array
        if (there.delete(at)) rows.remove(name, 0)
        else {
          rows.add(name, step)
          there.set(at, step)
        }
        for (const [other, words] of names.entries()) assert.equal(rows.find(words), there.get(other) ?? -1)
      }
    }),
    { numRuns: 60 },
  )
})

test('what is written of a session is all of it, running or ended', () => {
  for (const state of ['running', 'expired', 'ended'] as const) {
    const book = new SessionBook(SEED)
    book.put(3, session('k', 1_000, state))
    const texts: string[] = []
    book.writeTouched(idOf, (text) => texts.push(text))
    assert.deepEqual(book.find('k', 0), { account: 3, session: session('k', 1_000, state) })
    assert.equal(texts.length, 1)
    const other = new SessionBook(SEED)
    const restored = other.restore(texts[0] as string, numberOf)
    assert.deepEqual(restored, { account: 3, session: session('k', 1_000, state) })
    assert.equal(other.countRunning(3), state === 'running' ? 1 : 0)
  }
})

test('R6: of a million sessions that have ended in one moment only some thousands are remembered', () => {
  const book = new SessionBook(SEED)
  for (let number = 0; number < 1_000_000; number++) {
    const started = session(`k${number}`)
    book.put(number % 500, started)
    started.state = 'ended'
    book.put(number % 500, started)
    if (number % 1000 === 999) book.writeTouched(idOf, () => undefined)
  }
  assert.ok(book.rows < 60_000, `${book.rows} rows`)
  assert.equal(book.find('k999999', 0)?.session.state, 'ended')
  assert.equal(book.find('k949000', 0), undefined)
  assert.equal(book.countRunning(7), 0)
  assert.deepEqual(book.takeGone(), [], 'none of them was ever stored')
})

test('a checkpoint stores what changed since the last one, and removes what is over', () => {
  const book = new SessionBook(SEED)
  const stored = (): string[] =>
    Array.from({ length: book.rows }, (_, row) => book.takeDirty(row, idOf)?.key ?? '').filter((key) => key !== '')
  for (const key of ['a', 'b', 'c']) book.put(1, session(key))
  assert.deepEqual(stored(), ['a', 'b', 'c'])
  assert.deepEqual(stored(), [])
  book.put(1, session('b', 2_000))
  book.put(1, session('c', 2_000, 'ended'))
  book.put(1, session('d', 2_000, 'expired'))
  assert.deepEqual(stored(), ['b', 'd'])
  assert.deepEqual(book.takeGone(), ['c'])
  book.put(1, session('c'))
  assert.deepEqual(stored(), ['c'], 'a key that is used again is stored again')
})

test('sessions that are due come a few at a time; what has expired is forgotten when its time is over', () => {
  const book = new SessionBook(SEED)
  for (let number = 0; number < 250; number++) book.put(9, session(`k${number}`, 1_000 + number))
  book.put(9, session('later', 900_000))
  assert.equal(book.dueMsOf(9), 1_000)
  assert.equal(book.dueMsOf(8), Number.POSITIVE_INFINITY)
  const expired: string[] = []
  for (let due = book.takeDue(9, 5_000, 100); due.length > 0; due = book.takeDue(9, 5_000, 100)) {
    assert.ok(due.length <= 100)
    for (const one of due) {
      expired.push(one.key)
      book.put(9, { ...one, state: 'expired', expiresMs: 605_000 })
    }
  }
  assert.equal(new Set(expired).size, 250)
  assert.equal(book.countRunning(9), 1)
  assert.equal(book.find('k3', 604_999)?.session.state, 'expired')
  assert.equal(book.find('k3', 605_000), undefined)
  assert.deepEqual(book.takeDue(9, 605_000, 100), [])
  assert.deepEqual(
    book.latestRunning(9, 10).map(({ key }) => key),
    ['later'],
  )
  assert.equal(book.dueMsOf(9), 900_000)
})
