import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { NameRows } from '../columnar/name-rows.ts'
import type { Session } from '../journal/session.ts'
import { SessionBook } from './session-book.ts'

const SEED = Uint32Array.of(1, 2, 3, 4)
const idOf = (account: number): string => `account-${account}`
const numberOf = (id: string): number => Number(id.slice(8))

function session(key: string, expiresMs = 1_000, state: Session['state'] = 'running', spent = 50n): Session {
  const part = { used: 7n, begun: 10n, spent, isRated: true, reserved: 3n, reservedSession: 0n }
  const units = [{ account: 'a', lot: 2, unit: 'MB', source: 'plan' as const, amount: 5n }]
  const groups = new Map([['voice', [{ pool: '["p"]', ...part, units }]]])
  const times = { startedMs: 1, reportedMs: 2, expiresMs }
  return { key, service: 's', ...times, state, sequence: 4, answer: '{"result":"granted","sequence":4}', groups }
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

test('what is written of a session is all of it, running or ended, whatever its amounts', () => {
  for (const state of ['running', 'expired', 'ended'] as const)
    for (const spent of [50n, 1n << 70n]) {
      const book = new SessionBook(SEED)
      book.put(3, session('k', 1_000, state, spent))
      const texts: string[] = []
      book.settle(idOf, (text) => texts.push(text))
      const known = { account: 3, session: session('k', 1_000, state, spent) }
      assert.deepEqual(book.find('k', 0), known)
      assert.equal(texts.length, 1)
      const other = new SessionBook(SEED)
      assert.deepEqual(other.restore(texts[0] as string, numberOf), known)
      assert.equal(other.countRunning(3), state === 'running' ? 1 : 0)
      assert.deepEqual(other.find('k', 0), known)
    }
})

test('R8: a session is one object until it is settled, and none afterwards; what was not put back is as it was', () => {
  const book = new SessionBook(SEED)
  const write = (): string[] => {
    const texts: string[] = []
    book.settle(idOf, (text) => texts.push(text))
    return texts
  }
  book.put(1, session('k'))
  assert.equal(write().length, 1)
  const found = book.find('k', 0)?.session as Session
  assert.equal(book.find('k', 0)?.session, found)
  assert.equal(book.takeDue(1, 2_000, 10)[0], found)
  found.sequence = 5
  assert.deepEqual(write(), [])
  assert.notEqual(book.find('k', 0)?.session, found)
  assert.deepEqual(book.find('k', 0)?.session, session('k'))
  // Larger, smaller and beyond 64 bits in turn, in the row of a session that was forgotten.
  book.forget('k')
  for (const [step, spent] of [1n, 1n << 70n, 2n].entries()) {
    const one = {
      ...session('other', 1_000, 'running', spent),
      groups: new Map<string, Session['groups'] extends Map<string, infer P> ? P : never>(),
    }
    for (const type of ['voice', 'data', 'sms'].slice(step))
      one.groups.set(type, session('x', 1, 'running', spent).groups.get('voice') ?? [])
    book.put(1, one)
    assert.equal(write().length, 1)
    assert.deepEqual(book.find('other', 0)?.session, one)
    assert.deepEqual(write(), [])
  }
  assert.equal(book.rows, 1)
})

test('R6: of a million sessions that have ended in one moment only some thousands are remembered', () => {
  const book = new SessionBook(SEED)
  for (let number = 0; number < 1_000_000; number++) {
    const started = session(`k${number}`)
    book.put(number % 500, started)
    started.state = 'ended'
    book.put(number % 500, started)
    if (number % 1000 === 999) book.settle()
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
