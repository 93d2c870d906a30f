import type { Lot, Pool } from '../../core/charging/balances.ts'
import type { Movement, MovementSink } from '../../core/charging/movements.ts'
import { type AccountFact, toFactText } from '../journal/account-facts.ts'
import type { FactsBuilder } from '../journal/facts-builder.ts'
import type { BalanceBook } from './balance-book.ts'

/** Where decisions about accounts put their effects: into memory at once, and into the segment that is being made. */
export class AccountSink implements MovementSink {
  private readonly book: BalanceBook
  private readonly facts: FactsBuilder
  /** Lots without an event yet. What plans give has none: it is opened while usage is charged. */
  private untold: { readonly account: string; readonly lot: Lot }[] | null = null

  constructor(book: BalanceBook, facts: FactsBuilder) {
    this.book = book
    this.facts = facts
  }

  open(account: string, lot: Lot): void {
    this.put({ fact: 'lot', account, lot })
    if (lot.source === 'plan') return
    this.untold ??= []
    this.untold.push({ account, lot })
  }

  /** Lots that were opened since the last call; null for none. */
  takeOpened(): readonly { readonly account: string; readonly lot: Lot }[] | null {
    const opened = this.untold
    this.untold = null
    return opened
  }

  move(movement: Movement): void {
    this.facts.addMovement(movement)
    this.book.move(movement)
  }

  put(fact: AccountFact): void {
    this.facts.addAccountFact(toFactText(fact))
    this.book.apply(fact)
  }

  /** Of a pool the last state in a segment is its fact: on a busy counter it changes with every request. */
  putPool(account: string, name: string, pool: Pool | null): void {
    this.facts.keepPool(account, name, pool)
    this.book.apply({ fact: 'pool', account, name, pool })
  }
}
