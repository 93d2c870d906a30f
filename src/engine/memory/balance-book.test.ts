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

test('what a row has no place for stays an object, and goes back to a row when that is over', () => {
  const { book, accounts } = newBook()
  book.open(idOf(1))
  const account = accounts.find(idOf(1))
  book.apply({ fact: 'lot', account: idOf(1), lot: { ...LOT } })
  book.move(charge(idOf(1), 4n, 1))
  book.settle()
  const kept = book.look(account) as Balances
  assert.equal(kept.lots[0]?.remaining, 6n)
  assert.equal(kept.consumed.paid, 4n)
  assert.equal(book.look(account), kept)
  assert.ok(book.due.isDue(5_000))
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
