import type { Lot } from '../core/charging/balances.ts'
import type { Movement, MovementSink } from '../core/charging/movements.ts'
import type { AccountFact, BalanceBook } from './balance-book.ts'
import { toExactJson } from './exact-json.ts'
import type { FactsBuilder } from './facts-builder.ts'

/** Where decisions about accounts put their effects: into memory at once, and into the segment that is being made. */
export class AccountSink implements MovementSink {
  private readonly book: BalanceBook
  private readonly facts: FactsBuilder

  constructor(book: BalanceBook, facts: FactsBuilder) {
    this.book = book
    this.facts = facts
  }

  open(account: string, lot: Lot): void {
    this.put({ fact: 'lot', account, lot })
  }

  move(movement: Movement): void {
    this.facts.addMovement(movement)
    this.book.move(movement)
  }

  put(fact: AccountFact): void {
    this.facts.addAccountFact(isPlain(fact) ? JSON.stringify(fact) : toExactJson(fact))
    this.book.apply(fact)
  }
}

/** Without big integers and maps: every account has such a fact once. */
function isPlain({ fact }: AccountFact): boolean {
  return fact === 'opened' || fact === 'crossed'
}
