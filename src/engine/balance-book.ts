import { present } from '../core/base/assert.ts'
import {
  addLot,
  type Balances,
  type Lot,
  newBalances,
  type Pool,
  type PromisedCredit,
  restoredBalances,
  type Session,
  withEntry,
} from '../core/charging/balances.ts'
import { applyMovement, applyToMember, type Movement } from '../core/charging/movements.ts'
import { DueTimes } from './due-times.ts'

/** The balances of one account, with what the engine notes of them. */
export interface BookEntry {
  balances: Balances
  /** The last segment whose facts the stored row has. */
  storedSeq: number
  isDirty: boolean
  /** No session of the account is due before; null where it has none. */
  sessionsDueMs: number | null
}

/** A fact about an account that is no movement: something that opens, or a part as it stands afterwards. */
export type AccountFact =
  | { readonly fact: 'lot'; readonly account: string; readonly lot: Lot }
  | { readonly fact: 'pool'; readonly account: string; readonly name: string; readonly pool: Pool | null }
  | { readonly fact: 'session'; readonly account: string; readonly session: Session | null; readonly key: string }
  | { readonly fact: 'promise'; readonly account: string; readonly promise: PromisedCredit | null }
  | { readonly fact: 'opened'; readonly account: string; readonly atMs: number }
  | { readonly fact: 'crossed'; readonly account: string; readonly codes: readonly string[] }

/** Balances of the accounts that have any: those that pay by invoice alone have none, and cost nothing here. */
export class BalanceBook {
  private readonly entries = new Map<string, BookEntry>()
  /** By the account's number, for the hot path. */
  private readonly byNumber: (BookEntry | undefined)[] = []
  private readonly accountOfSession = new Map<string, string>()
  private last: BookEntry | null = null
  private dirty: BookEntry[] = []
  /** When something of an account is due: a hold, a lot or a promise ends. */
  readonly due = new DueTimes()

  find(account: number): BookEntry | undefined {
    return this.byNumber[account]
  }

  get(account: string): BookEntry | undefined {
    return this.entries.get(account)
  }

  all(): IterableIterator<BookEntry> {
    return this.entries.values()
  }

  /** Opens the balances of an account; known ones are only given their number. */
  open(account: string, number: number | undefined): BookEntry {
    const known = this.entries.get(account)
    const entry = known ?? {
      balances: newBalances(account),
      storedSeq: 0,
      isDirty: false,
      sessionsDueMs: null,
    }
    if (known === undefined) this.entries.set(account, entry)
    if (number !== undefined) this.byNumber[number] = entry
    return entry
  }

  /** Puts balances back as they were stored with the facts of all segments up to `storedSeq`. */
  restore(number: number | undefined, balances: Balances, storedSeq: number): void {
    const entry = this.open(balances.account, number)
    entry.balances = restoredBalances(balances)
    entry.storedSeq = storedSeq
    for (const [key, session] of balances.sessions) {
      this.accountOfSession.set(key, balances.account)
      this.due.add(session.expiresMs, balances.account)
      entry.sessionsDueMs = Math.min(entry.sessionsDueMs ?? session.expiresMs, session.expiresMs)
    }
    for (const lot of balances.lots) if (lot.untilMs !== null) this.due.add(lot.untilMs, balances.account)
  }

  sessionEntry(key: string): BookEntry | undefined {
    const account = this.accountOfSession.get(key)
    return account === undefined ? undefined : this.entries.get(account)
  }

  /** Most movements are of the account that was looked at last. */
  private entryOf(account: string): BookEntry {
    if (this.last?.balances.account === account) return this.last
    this.last = present(this.entries.get(account), 'open balances')
    return this.last
  }

  move(movement: Movement, afterSeq = Number.POSITIVE_INFINITY): void {
    const entry = this.entryOf(movement.account)
    if (entry.storedSeq < afterSeq) {
      applyMovement(entry.balances, movement)
      this.markDirty(entry)
    }
    const member = movement.member === movement.account ? entry : this.entryOf(movement.member)
    if (member.storedSeq < afterSeq) {
      applyToMember(member.balances, movement)
      this.markDirty(member)
    }
  }

  apply(fact: AccountFact, afterSeq = Number.POSITIVE_INFINITY): void {
    const entry = this.entryOf(fact.account)
    if (entry.storedSeq >= afterSeq) return
    const { balances } = entry
    this.markDirty(entry)
    switch (fact.fact) {
      case 'lot':
        addLot(balances, fact.lot)
        if (fact.lot.untilMs !== null) this.due.add(fact.lot.untilMs, fact.account)
        return
      case 'pool':
        balances.pools = withEntry(balances.pools, fact.name, fact.pool)
        return
      case 'session':
        this.putSession(entry, fact.key, fact.session)
        return
      case 'promise':
        balances.promise = fact.promise
        return
      case 'opened':
        balances.openedMs = fact.atMs
        return
      case 'crossed':
        balances.crossed = fact.codes
    }
  }

  private putSession(entry: BookEntry, key: string, session: Session | null): void {
    const { balances } = entry
    balances.sessions = withEntry(balances.sessions, key, session)
    if (session === null) {
      this.accountOfSession.delete(key)
      return
    }
    this.accountOfSession.set(key, balances.account)
    this.due.add(session.expiresMs, balances.account)
    entry.sessionsDueMs = Math.min(entry.sessionsDueMs ?? session.expiresMs, session.expiresMs)
  }

  takeDirty(): BookEntry[] {
    const taken = this.dirty
    this.dirty = []
    for (const entry of taken) entry.isDirty = false
    return taken
  }

  private markDirty(entry: BookEntry): void {
    if (entry.isDirty) return
    entry.isDirty = true
    this.dirty.push(entry)
  }
}
