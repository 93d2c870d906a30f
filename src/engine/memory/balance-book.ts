import { present } from '../../core/base/assert.ts'
import { enlarged } from '../../core/base/enlarged.ts'
import { addLot, type Balances, newBalances, restoredBalances, withEntry } from '../../core/charging/balances.ts'
import { applyMovement, applyToMember, type Movement } from '../../core/charging/movements.ts'
import type { UuidNumbers } from '../columnar/uuid-numbers.ts'
import type { AccountFact } from '../journal/account-facts.ts'
import { DueTimes } from './due-times.ts'
import { FlatBalances } from './flat-balances.ts'

/** The balances of one account while they are objects. */
export interface BookEntry {
  /** The account's number. */
  readonly account: number
  balances: Balances
}

/** Where the balances of an account are. */
const NOWHERE = 0
const IN_ROW = 1
const AS_OBJECT = 2

const FIRST_CAPACITY = 1024

/**
 * Balances of the accounts that have any: those that pay by invoice alone have none, and cost nothing here. They are
 * objects while something is decided about them; afterwards, those that are nothing but numbers go back to flat rows.
 */
export class BalanceBook {
  private readonly accounts: UuidNumbers
  /** By the account's number, as all arrays here. */
  private readonly rows = new FlatBalances()
  private readonly objects = new Map<number, BookEntry>()
  private places = new Uint8Array(FIRST_CAPACITY)
  private isDirty = new Uint8Array(FIRST_CAPACITY)
  /** The last segment whose facts the stored row has. */
  private storedSeq = new Float64Array(FIRST_CAPACITY)
  /**
   * What was looked at since `settle`, as objects, and 1 + the index of each account's object. No map: its old tables would keep
   * what lay in them through young collections of garbage.
   */
  private readonly atWork: (BookEntry | null)[] = []
  private workPlaces = new Int32Array(FIRST_CAPACITY)
  private workCount = 0
  private last: BookEntry | null = null
  private dirty: number[] = []
  /** When something of an account is due: a hold, a lot or a promise ends. */
  readonly due = new DueTimes()

  /** @param accounts numbers them; ids that it does not know yet get a number here. */
  constructor(accounts: UuidNumbers) {
    this.accounts = accounts
  }

  has(account: number): boolean {
    return (this.places[account] ?? NOWHERE) !== NOWHERE
  }

  /** The balances of an account, to be changed until the next `settle`. */
  find(account: number): BookEntry | undefined {
    const known = this.findAtWork(account)
    if (known !== undefined) return known
    const entry = this.entryAt(account)
    if (entry === undefined) return undefined
    this.atWork[this.workCount++] = this.last = entry
    this.workPlaces[account] = this.workCount
    return entry
  }

  /** As `find`; opens the balances that are not open yet. */
  findOrOpen(account: number): BookEntry {
    if (!this.has(account)) this.open(this.accounts.idOf(account))
    return present(this.find(account), 'open balances')
  }

  /** Reads a word of everything that `find` will look at. */
  touch(account: number): number {
    return (this.places[account] ?? NOWHERE) + (this.workPlaces[account] ?? 0) + this.rows.touch(account)
  }

  /** The balances of an account, to be looked at only. */
  look(account: number): Balances | undefined {
    return (this.findAtWork(account) ?? this.entryAt(account))?.balances
  }

  get(account: string): Balances | undefined {
    return this.look(this.accounts.find(account))
  }

  /** All balances, to be looked at only, one after another. */
  *all(): IterableIterator<Balances> {
    for (let account = 0; account < this.accounts.size; account++) {
      const balances = this.look(account)
      if (balances !== undefined) yield balances
    }
  }

  private findAtWork(account: number): BookEntry | undefined {
    const place = this.workPlaces[account] ?? 0
    return place === 0 ? undefined : (this.atWork[place - 1] as BookEntry)
  }

  private entryAt(account: number): BookEntry | undefined {
    const place = this.places[account] ?? NOWHERE
    if (place === NOWHERE) return undefined
    if (place === AS_OBJECT) return this.objects.get(account)
    return { account, balances: this.rows.get(account, this.accounts.idOf(account)) }
  }

  /** Nothing is being decided: balances that fit into a row go back there. */
  settle(): void {
    const { atWork } = this
    for (let at = 0; at < this.workCount; at++) {
      const entry = atWork[at] as BookEntry
      this.put(entry)
      this.workPlaces[entry.account] = 0
      atWork[at] = null
    }
    this.workCount = 0
    this.last = null
  }

  private put(entry: BookEntry): void {
    const { account, balances } = entry
    const wasObject = this.places[account] === AS_OBJECT
    const isObject = !this.rows.put(account, balances)
    this.places[account] = isObject ? AS_OBJECT : IN_ROW
    if (isObject && !wasObject) this.objects.set(account, entry)
    else if (wasObject && !isObject) this.objects.delete(account)
  }

  /** Opens the balances of an account, unless they are open. */
  open(id: string): void {
    const account = this.accounts.add(id)
    while (account >= this.places.length) {
      this.places = enlarged(this.places)
      this.isDirty = enlarged(this.isDirty)
      this.storedSeq = enlarged(this.storedSeq)
      this.workPlaces = enlarged(this.workPlaces)
    }
    if (this.places[account] === NOWHERE) this.put({ account, balances: newBalances(id) })
  }

  /** Puts balances back as they were stored with the facts of all segments up to `storedSeq`. */
  restore(stored: Balances, storedSeq: number): void {
    const { account: id, lots } = stored
    this.open(id)
    const account = this.accounts.find(id)
    const entry: BookEntry = { account, balances: restoredBalances(stored) }
    this.storedSeq[account] = storedSeq
    for (const lot of lots) if (lot.untilMs !== null) this.due.add(lot.untilMs, id)
    this.put(entry)
  }

  /** Most movements are of the account that was looked at last. */
  private entryOf(account: string): BookEntry {
    if (this.last?.balances.account === account) return this.last
    const entry = present(this.find(this.accounts.find(account)), 'open balances')
    this.last = entry
    return entry
  }

  move(movement: Movement, afterSeq = Number.POSITIVE_INFINITY): void {
    const entry = this.entryOf(movement.account)
    if (this.isNewer(entry, afterSeq)) {
      applyMovement(entry.balances, movement)
      this.markDirty(entry)
    }
    const member = movement.member === movement.account ? entry : this.entryOf(movement.member)
    if (this.isNewer(member, afterSeq)) {
      applyToMember(member.balances, movement)
      this.markDirty(member)
    }
  }

  apply(fact: AccountFact, afterSeq = Number.POSITIVE_INFINITY): void {
    const entry = this.entryOf(fact.account)
    if (!this.isNewer(entry, afterSeq)) return
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

  /** Whether the stored row lacks the facts of a segment. */
  private isNewer({ account }: BookEntry, seq: number): boolean {
    return (this.storedSeq[account] as number) < seq
  }

  /** Accounts whose balances have changed since the last time, by number. */
  takeDirty(): number[] {
    const taken = this.dirty
    this.dirty = []
    return taken
  }

  /** The balances of a changed account, which counts as unchanged from here on. */
  lookClean(account: number): Balances {
    this.isDirty[account] = 0
    return present(this.look(account), 'open balances')
  }

  markDirty({ account }: Pick<BookEntry, 'account'>): void {
    if (this.isDirty[account] === 1) return
    this.isDirty[account] = 1
    this.dirty.push(account)
  }
}
