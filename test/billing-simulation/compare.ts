import {
  compareReceivable,
  compareStanding,
  type Difference,
  type Listed,
  lineName,
  type SeenLine,
  writtenName,
} from '../crossing/compare.ts'
import type { History } from '../crossing/history.ts'
import { type Book, minorOf } from '../crossing/reference/book.ts'
import { decimalText } from '../crossing/reference/fraction.ts'
import { billUntil } from '../crossing/reference/papers.ts'
import type { BillingWorld } from './world.ts'

interface Money {
  readonly amount: string
  readonly isReversed: boolean
}

/** An account: what it does, what a person with paper would keep of it, and the money that was acknowledged. */
export interface Life {
  readonly history: History
  readonly book: Book
  readonly payments: Map<string, Money>
  /** Amounts by key. */
  readonly topUps: Map<string, string>
}

/**
 * Holds an account against its book after everything was billed. In which document something stands hangs on what came
 * first; what all documents together bill of each price and period does not.
 */
export async function compareLife(world: BillingWorld, life: Life, until: string): Promise<Difference[]> {
  const { book, history } = life
  billUntil(book, until)
  const listed = await world.list<Listed>(`/v1/invoices?account=${history.name}`)
  const lines: SeenLine[] = []
  for (const { id } of listed)
    lines.push(...(await world.get<{ document: { lines: SeenLine[] } }>(`/v1/invoices/${id}`)).document.lines)
  const seen = sums(
    book,
    lines.map(({ description, from, amount }) => [lineName(book, description, from), minorOf(amount, book.digits)]),
  )
  const expected = sums(
    book,
    book.papers.flatMap((paper) => paper.lines.map((line): [string, bigint] => [writtenName(line), line.minor])),
  )
  return [
    ...differing('billed in all', expected, seen),
    // A payment that bounces is owed, although money of a top-up may lie there.
    ...([...life.payments.values()].some(({ isReversed }) => isReversed) ? [] : compareReceivable(book, listed)),
    ...(await compareStanding(world, book)),
    ...(await comparePayments(world, life)),
    ...(await compareTopUps(world, life)),
  ]
}

function sums(book: Book, amounts: readonly (readonly [name: string, minor: bigint])[]): string[] {
  const all = new Map<string, bigint>()
  for (const [name, minor] of amounts) all.set(name, (all.get(name) ?? 0n) + minor)
  return [...all]
    .filter(([, minor]) => minor !== 0n)
    .map(([name, minor]) => `${name} ${decimalText(minor, book.digits)}`)
}

interface ListedPayment {
  readonly key: string
  readonly amount: string
  readonly state: string
}

/** Payments that were acknowledged are there, once, and no others. */
async function comparePayments(world: BillingWorld, { history, payments }: Life): Promise<Difference[]> {
  const found = await world.list<ListedPayment>(`/v1/payments?account=${history.name}`)
  const text = (key: string, amount: string, isReversed: boolean): string =>
    `${key} ${Number(amount)}${isReversed ? ' reversed' : ''}`
  return differing(
    'payments',
    [...payments].map(([key, { amount, isReversed }]) => text(key, amount, isReversed)),
    found.map(({ key, amount, state }) => text(key, amount, state === 'reversed')),
  )
}

interface Entry {
  readonly key: string | null
  readonly kind: string
  readonly amount: string
}

/** The same of top-ups. */
async function compareTopUps(world: BillingWorld, { history, topUps }: Life): Promise<Difference[]> {
  const entries = await world.list<Entry>(`/v1/accounts/${history.name}/balance-entries?limit=500`)
  return differing(
    'top-ups',
    [...topUps].map(([key, amount]) => `${key} ${Number(amount)}`),
    entries.filter(({ kind }) => kind === 'top_up').map(({ key, amount }) => `${key} ${Number(amount)}`),
  )
}

function differing(what: string, expected: readonly string[], got: readonly string[]): Difference[] {
  const [one, other] = [[...expected].sort(), [...got].sort()]
  if (one.join('\n') === other.join('\n')) return []
  const only = (list: readonly string[], rest: readonly string[]): string =>
    list.filter((text) => !rest.includes(text)).join('; ')
  return [{ what, expected: only(one, other), got: only(other, one) }]
}
