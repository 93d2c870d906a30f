import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Balances, Lot } from '../../core/charging/balances.ts'
import type { Movement } from '../../core/charging/movements.ts'
import { UuidNumbers } from '../columnar/uuid-numbers.ts'
import { BalanceBook } from './balance-book.ts'

const idOf = (number: number): string => `019b76dc-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
const ACCOUNTS = 3_000

function newBook(): { book: BalanceBook; accounts: UuidNumbers } {
  const accounts = new UuidNumbers()
  return { book: new BalanceBook(accounts), accounts }
}

function charge(account: string, amount: bigint, lot = 0): Movement {
  const money = { unit: null, source: lot === 0 ? null : ('paid' as const) }
  return { account, member: account, period: 20_000, lot, ...money, kind: 'charge', remaining: -amount, held: 0n }
}

const LOT: Lot = {
  number: 1,
  unit: null,
  source: 'paid',
  priority: 0,
  fromMs: 0,
  untilMs: 5_000,
  scope: null,
  isShared: false,
  origin: 'top-up',
  amount: 10n,
  remaining: 10n,
  held: 0n,
}

test('what is settled reads as it stood, for as many accounts as there are', () => {
  const { book, accounts } = newBook()
  for (let number = 0; number < ACCOUNTS; number++) book.open(idOf(number))
  const before = structuredClone(book.get(idOf(7)))
  for (let number = 0; number < ACCOUNTS; number++) book.move(charge(idOf(number), BigInt(number) - 5n))
  book.apply({ fact: 'opened', account: idOf(9), atMs: 1_234 })
  const atWork = structuredClone([...book.all()])
  book.settle()
  assert.deepEqual([...book.all()], atWork)
  assert.equal(atWork.length, ACCOUNTS)
  assert.equal(book.get(idOf(2_999))?.owed, 2_994n)
  assert.equal(book.get(idOf(9))?.openedMs, 1_234)
  assert.notDeepEqual(book.get(idOf(7)), before)
  assert.deepEqual(
    book.takeDirty().toSorted((a, b) => a - b),
    Array.from({ length: ACCOUNTS }, (_, number) => accounts.find(idOf(number))),
  )
})

test('changes are made to one object until they are settled; a look in between sees them', () => {
  const { book, accounts } = newBook()
  book.open(idOf(1))
  const account = accounts.find(idOf(1))
  const entry = book.find(account)
  book.move(charge(idOf(1), 3n))
  assert.equal(entry?.balances.owed, 3n)
  assert.equal(book.find(account), entry)
  assert.equal(book.look(account)?.owed, 3n)
  book.settle()
  assert.notEqual(book.find(account), entry)
  assert.equal(book.find(account)?.balances.owed, 3n)
})

test('R8: lots lie in rows with all that they have, whatever comes and goes', () => {
  const { book, accounts } = newBook()
  const scope = { meters: ['voice'], subscriptions: ['s'], allowance: 'a' }
  const units = { ...LOT, unit: 'minute', source: 'plan' as const, untilMs: null, scope, isShared: true }
  const lots: Lot[] = [
    LOT,
    { ...units, number: 2, priority: 3, origin: 'plan:s/a@20468' },
    { ...LOT, number: 3, graceMs: 7, unitPrice: '0.10' },
    { ...units, number: 4, scope: null, source: 'bonus', amount: -5n },
  ]
  for (let number = 0; number < 300; number++) {
    const id = idOf(number)
    book.open(id)
    for (const lot of lots.slice(0, 1 + (number % 4))) book.apply({ fact: 'lot', account: id, lot: { ...lot } })
    const takes = [
      { account: id, lot: 1, unit: null, source: 'paid' as const, amount: 3n },
      { account: idOf(9_999), lot: 0, unit: 'minute', source: null, amount: 4n },
    ]
    const pool = { quantity: 5n, sessions: 1n, cut: number % 2 === 0 ? undefined : 2n, takes: takes.slice(number % 3) }
    if (number % 5 > 0) book.apply({ fact: 'pool', account: id, name: '["counter"]', pool })
    if (number % 7 === 0) book.apply({ fact: 'promise', account: id, promise: { lot: 2, dueMs: 9, fee: 11n } })
    if (number % 3 === 0) book.apply({ fact: 'crossed', account: id, codes: ['low', 'none'] })
    const periods = Array.from({ length: number % 20 }, (_, at) => 20_000 + at)
    const entry = book.find(accounts.find(id)) as { balances: Balances }
    if (periods.length > 0) entry.balances.allowances = new Map([['s/a', periods]])
  }
  const atWork = structuredClone([...book.all()])
  book.settle()
  assert.deepEqual([...book.all()], atWork)
  const account = accounts.find(idOf(0))
  assert.notEqual(book.look(account), book.look(account), 'nothing but rows is kept')
  // The second half gives up what the first half gets.
  for (let number = 0; number < 300; number++) {
    const id = idOf(number)
    if (number < 150) book.apply({ fact: 'lot', account: id, lot: { ...LOT, number: 9, origin: `late ${number}` } })
    else {
      const entry = book.find(accounts.find(id)) as { balances: Balances }
      entry.balances.lots = []
      entry.balances.allowances = new Map()
      book.apply({ fact: 'pool', account: id, name: '["counter"]', pool: null })
      book.apply({ fact: 'promise', account: id, promise: null })
      book.apply({ fact: 'crossed', account: id, codes: [] })
    }
  }
  const changed = structuredClone([...book.all()])
  book.settle()
  assert.deepEqual([...book.all()], changed)
  book.move(charge(idOf(1), 4n, 1))
  book.settle()
  assert.equal(book.get(idOf(1))?.lots.find(({ number }) => number === 1)?.remaining, 6n)
  assert.equal(book.get(idOf(1))?.consumed.paid, 4n)
  assert.ok(book.due.isDue(5_000))
})

test('what rows have no place for stays an object, and goes back to rows when that is over', () => {
  const { book, accounts } = newBook()
  book.open(idOf(1))
  const account = accounts.find(idOf(1))
  for (let number = 1; number <= 40; number++)
    book.apply({ fact: 'lot', account: idOf(1), lot: { ...LOT, number, untilMs: null } })
  book.settle()
  const kept = book.look(account) as Balances
  assert.equal(kept.lots.length, 40)
  assert.equal(book.look(account), kept)
  for (const lot of kept.lots) if (lot.number > 20) book.move(charge(idOf(1), 10n, lot.number))
  book.apply({ fact: 'lot', account: idOf(1), lot: { ...LOT, number: 41 } })
  book.settle()
  assert.notEqual(book.look(account), book.look(account))
  assert.equal(book.look(account)?.lots.length, 29, 'twenty, eight that are used up, and the new one')
})

test('an amount beyond 64 bits is kept, too', () => {
  const { book } = newBook()
  book.open(idOf(1))
  book.move(charge(idOf(1), 1n << 70n))
  book.settle()
  assert.equal(book.get(idOf(1))?.owed, 1n << 70n)
  book.move(charge(idOf(1), 1n - (1n << 70n)))
  book.settle()
  assert.equal(book.get(idOf(1))?.owed, 1n)
})

test('facts that the stored row has are not applied again', () => {
  const { book } = newBook()
  book.open(idOf(1))
  book.move(charge(idOf(1), 5n))
  const stored = structuredClone(book.get(idOf(1)) as Balances)
  const other = newBook().book
  other.restore(stored, 12)
  other.move(charge(idOf(1), 5n), 12)
  other.move(charge(idOf(1), 2n), 13)
  other.settle()
  assert.equal(other.get(idOf(1))?.owed, 7n)
})

test('an account that has none has none', () => {
  const { book, accounts } = newBook()
  const account = accounts.add(idOf(1))
  assert.equal(book.find(account), undefined)
  assert.equal(book.look(account), undefined)
  assert.equal(book.has(account), false)
  assert.equal(book.get(idOf(99)), undefined)
  assert.equal(book.findOrOpen(account).balances.owed, 0n)
})
