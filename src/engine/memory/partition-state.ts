import { Hash128 } from '../../core/base/hash.ts'
import type { Balances } from '../../core/charging/balances.ts'
import { type DecodingContext, hashUsageRecord, type UsageBatch } from '../../core/mediation/usage-batch.ts'
import { CARRIED, CARRIED_ON } from '../../core/metering/observation.ts'
import { fromExactJson } from '../columnar/exact-json.ts'
import { Definitions } from '../definitions/definitions.ts'
import { fromFactText } from '../journal/account-facts.ts'
import type { ArchivedFiles } from '../journal/archive-rows.ts'
import { chargesCarriedOn } from '../journal/carried-charges.ts'
import { recordsOf, toCorrectionName } from '../journal/change.ts'
import { movementAt, recordAt } from '../journal/fact-rows.ts'
import type { FactsBuilder } from '../journal/facts-builder.ts'
import { ACCOUNT_FACT, type SegmentFacts } from '../journal/segment.ts'
import type { Session } from '../journal/session.ts'
import { BalanceBook } from './balance-book.ts'
import { BookedTimes } from './booked-times.ts'
import { CounterTable } from './counter-table.ts'
import { IdentityIndex, type Known } from './identity-index.ts'
import { OpenedAccounts } from './opened-accounts.ts'
import { type Recalled, StaleRecall } from './recalled.ts'
import { RecentAnswers } from './recent-answers.ts'
import { SeriesTable } from './series-table.ts'
import { SessionBook } from './session-book.ts'

/** What is known of a record's identity: nothing, or what became of it, with this body or with another one. */
export type IdentityStatus = 'new' | 'charged' | 'suspended' | 'charged_other_body' | 'suspended_other_body'

const DAY_MS = 86_400_000
const NO_BODY = { service: '', type: '', data: '', startMs: 0, endMs: 0 }

/** Everything a partition holds in memory. All of it can be thrown away and rebuilt from Postgres. */
export class PartitionState {
  readonly hashSeed: Uint32Array
  readonly definitions: Definitions
  readonly counters = new CounterTable()
  /** What meters that do not simply add up have observed. */
  readonly series = new SeriesTable()
  readonly book: BalanceBook
  /** Accounts whose balances are notified of documents and payments. */
  readonly opened = new OpenedAccounts()
  readonly sessions: SessionBook
  /** Names of pools by the places of their counters, as far as they were needed. */
  readonly poolNames = new Map<number, string>()
  private readonly booked = new BookedTimes()
  private readonly recentAnswers = new RecentAnswers()
  /** Where records are that memory may have forgotten: those of segments up to `forgottenSeq`. */
  archived: ArchivedFiles = { files: [], throughSeq: 0 }
  forgottenSeq = 0
  private recalled: IdentityIndex | null = null
  /** The segment that is being decided. */
  writingSeq = 0
  private readonly charged = new IdentityIndex()
  private readonly suspended = new IdentityIndex()
  private readonly hash: Hash128
  private readonly key = new Uint32Array(4)
  private readonly body = new Uint32Array(2)

  constructor(hashSeed: Uint32Array) {
    this.hashSeed = hashSeed
    this.hash = new Hash128(hashSeed)
    this.definitions = new Definitions(new Hash128(hashSeed))
    this.book = new BalanceBook(this.definitions.names.accounts)
    this.sessions = new SessionBook(hashSeed)
  }

  /** Keeps the new state of a session of an account. */
  putSession(account: number, session: Session): void {
    this.sessions.put(account, session)
    this.bookDue(account, session.expiresMs)
  }

  private bookDue(account: number, atMs: number): void {
    if (this.booked.book(account, atMs)) this.book.due.add(atMs, this.accountId(account))
  }

  /** What was due of an account's sessions is done: notes when the next of them is. */
  bookNextDue(account: number): void {
    this.booked.clear(account)
    const dueMs = this.sessions.dueMsOf(account)
    if (dueMs !== Number.POSITIVE_INFINITY) this.bookDue(account, dueMs)
  }

  private readonly accountId = (account: number): string => this.definitions.names.accounts.idOf(account)

  /** Everything is decided that a segment will have. */
  closeFacts(facts: FactsBuilder): void {
    this.sessions.settle(this.accountId, (text) => facts.addAccountFact(text))
    facts.close()
    this.book.settle()
  }

  /** The key of the session that runs in a row, and all of it as text; null where none does. */
  runningSession(row: number): [key: string, text: string] | null {
    return this.sessions.runningAt(row, this.accountId)
  }

  /** Puts balances back as they were stored. Rows of earlier versions have the sessions of their account, too. */
  restoreBalances(content: string, asOfSeq: number): void {
    const { sessions, ...balances } = fromExactJson(content) as Balances & { sessions?: Map<string, Session> }
    this.book.restore(balances, asOfSeq)
    if (sessions === undefined || sessions.size === 0) return
    const account = this.definitions.names.accounts.find(balances.account)
    for (const session of sessions.values()) this.putSession(account, session)
    // The next checkpoint stores them in their own table, and the row without them.
    this.book.markDirty({ account })
  }

  restoreSession(content: string): void {
    const { account, session } = this.sessions.restore(content, (id) => this.definitions.names.accounts.add(id))
    this.bookDue(account, session.expiresMs)
  }

  /** What decoding usage needs to know. */
  get decoding(): DecodingContext {
    const { compiled, attributesByType } = this.definitions.catalog
    return { metersByType: compiled.metersByType, attributesByType, hashSeed: this.hashSeed }
  }

  /** What is known of a record; `remember` then speaks of the same record. */
  identify(batch: Pick<UsageBatch, 'identity' | 'body'>, row: number): IdentityStatus {
    for (let word = 0; word < 4; word++) this.key[word] = batch.identity[row * 4 + word] as number
    for (let word = 0; word < 2; word++) this.body[word] = batch.body[row * 2 + word] as number
    return this.status()
  }

  /** Fetches where the identities of some records will be looked for. */
  touchIdentities(keys: Uint32Array, from: number, count: number): number {
    return this.charged.touch(keys, from * 4, count, 4)
  }

  /** A record that was charged is that first: it may have been in suspense before. */
  private status(): IdentityStatus {
    const charged = this.findCharged()
    if (charged !== 'unknown') return charged === 'same_body' ? 'charged' : 'charged_other_body'
    const suspended = this.suspended.find(this.key, 0, this.body, 0)
    if (suspended === 'unknown') return 'new'
    return suspended === 'same_body' ? 'suspended' : 'suspended_other_body'
  }

  private findCharged(): Known {
    const charged = this.charged.find(this.key, 0, this.body, 0)
    if (charged !== 'unknown' || this.recalled === null) return charged
    return this.recalled.find(this.key, 0, this.body, 0)
  }

  /** Adds what the archive has of the records that are decided next, in place of what was added before. */
  recall({ throughSeq, identities }: Recalled): void {
    if (throughSeq < this.forgottenSeq) throw new StaleRecall()
    this.recalled = identities
  }

  /** Whether the record that was identified last was corrected since. */
  isCorrected(): boolean {
    const name = this.key.slice()
    toCorrectionName(name, 0)
    return this.charged.seqOf(name, 0) !== null || (this.recalled?.seqOf(name, 0) ?? null) !== null
  }

  /** Whether memory itself, not the archive, knows the name identified last with another body. */
  hasOtherBody(): boolean {
    const [charged, suspended] = [this.charged, this.suspended].map((index) => index.find(this.key, 0, this.body, 0))
    return charged === 'other_body' || (charged === 'unknown' && suspended === 'other_body')
  }

  /** Remembers that the record of a row was corrected, by the name of its corrections. */
  rememberCorrected(batch: Pick<UsageBatch, 'identity' | 'body'>, row: number): void {
    this.identify(batch, row)
    toCorrectionName(this.key, 0)
    this.rememberCharged()
  }

  /** The segment in which the record of a row was charged as it came; null where memory does not know it. */
  chargedIn(batch: Pick<UsageBatch, 'identity'>, row: number): number | null {
    return this.charged.seqOf(batch.identity, row * 4)
  }

  /** The segment that has the latest of a record; null where memory does not know it. */
  segmentOf(source: string, id: string): number | null {
    hashUsageRecord(this.hash, { ...NO_BODY, source, id }, this.key, this.body)
    const charged = this.charged.seqOf(this.key, 0)
    toCorrectionName(this.key, 0)
    return this.charged.seqOf(this.key, 0) ?? charged
  }

  /** Forgets, in one part of the index, the records of archived segments. */
  forgetIdentities(shard: number): void {
    this.charged.forget(shard, this.forgottenSeq)
  }

  /** As `identify`, for the record identified last, whose name came with another body: both together are its name. */
  identifyConflict(): IdentityStatus {
    this.key[0] = (this.key[0] as number) ^ (this.body[0] as number)
    this.key[1] = (this.key[1] as number) ^ (this.body[1] as number)
    this.key[2] = ~(this.key[2] as number)
    return this.status()
  }

  /** Remembers that the record that was identified last is charged. */
  rememberCharged(): void {
    this.charged.put(this.key, 0, this.body, 0, this.writingSeq)
  }

  /** Remembers what the event that was identified last was charged: a repeated request is answered with it. */
  rememberAnswer(amount: bigint): void {
    this.recentAnswers.add(this.key, amount)
  }

  /** What the event that was identified last was charged; undefined where memory has lost it. */
  recentAnswer(): bigint | undefined {
    return this.recentAnswers.find(this.key)
  }

  /** The hashes of the record that was identified last: 24 bytes that suspense keeps for recovery. */
  fingerprint(): Buffer {
    return Buffer.concat([Buffer.from(this.key.slice().buffer), Buffer.from(this.body.slice().buffer)])
  }

  /**
   * Remembers a record that went to suspense: by its name, and by name and body together. So it is recognised as a
   * repetition even after a corrected form of it was charged under the same name.
   */
  rememberSuspended(fingerprint: Buffer): void {
    const words = new Uint32Array(6)
    Buffer.from(words.buffer).set(fingerprint)
    this.key.set(words.subarray(0, 4))
    this.body.set(words.subarray(4))
    this.suspended.put(this.key, 0, this.body, 0, 0)
    if (this.identifyConflict() === 'new') this.suspended.put(this.key, 0, this.body, 0, 0)
  }

  /** Makes room for the identities of so many records. */
  reserveIdentities(records: number): void {
    this.charged.reserve(records)
  }

  /** Remembers the records of a segment by the 24 bytes of each that the segment's row has. */
  rememberIdentities(seq: number, bytes: Buffer): void {
    const words = new Uint32Array(bytes.length / 4)
    Buffer.from(words.buffer).set(bytes)
    this.charged.putAll(words, seq)
  }

  /**
   * Remembers the records of a segment by their texts; those of archived segments by their day, too, because archived
   * ones are looked up by it.
   * @returns the rows whose identity was charged before; a journal that is right has none.
   */
  rememberRecords(seq: number, facts: SegmentFacts, archivedSeq: number): number[] {
    const repeated: number[] = []
    this.writingSeq = seq
    for (let row = 0; row < facts.id.length; row++) {
      if (facts.change[row] !== 0) continue
      hashUsageRecord(this.hash, recordAt(facts, row), this.key, this.body)
      const isLive = seq > archivedSeq
      const isKnown = isLive && this.findCharged() !== 'unknown'
      if (isLive) this.rememberCharged()
      this.key[0] = (this.key[0] as number) ^ Math.floor((facts.startMs[row] as number) / DAY_MS)
      if (isKnown || this.findCharged() !== 'unknown') repeated.push(row)
      if (!isLive) this.rememberCharged()
    }
    return repeated
  }

  /** Applies charges and movements of a committed segment, as they are: nothing is decided again. */
  applyFacts(seq: number, facts: SegmentFacts): void {
    this.applyCharges(seq, facts)
    this.applyAccountFacts(seq, facts)
  }

  private applyAccountFacts(seq: number, facts: SegmentFacts): void {
    const { book } = this
    for (const account of facts.accounts) book.open(account)
    let json = 0
    facts.moveKind.forEach((kind, at) => {
      if (kind !== ACCOUNT_FACT) {
        book.move(movementAt(facts, at), seq)
        return
      }
      const fact = fromFactText(facts.accountFacts[json++] as string)
      book.open(fact.account)
      // The fact is the whole session, so that it does not matter what the stored row has.
      if (fact.fact !== 'session') book.apply(fact, seq)
      else if (fact.session === null) this.sessions.forget(fact.key)
      else this.putSession(this.definitions.names.accounts.find(fact.account), fact.session)
    })
    this.sessions.settle()
    book.settle()
  }

  private applyCharges(seq: number, facts: SegmentFacts): void {
    const { counters, definitions } = this
    const subscriptions = facts.subscriptions.map((id) => definitions.parties.subscriptions.numberOf(id))
    const cells = facts.cells.map((name) => definitions.names.numberOfRateElement(name))
    const places: number[] = []
    const carriedOn = chargesCarriedOn(facts)
    let measureAt = 0
    for (let charge = 0; charge < facts.chargeRecord.length; charge++) {
      const cell = facts.chargeRateKey[charge] as number
      const from = measureAt
      measureAt += facts.measures[cell] as number
      const row = facts.chargeRecord[charge] as number
      const subscription = subscriptions[facts.subscription[row] as number] as number
      const place = counters.place(subscription, cells[cell] as number, facts.chargePeriod[charge] as number)
      places.push(place)
      if (counters.storedSeq(place) >= BigInt(seq)) continue
      const after = [...counters.aggregate(place)]
      for (let at = from; at < measureAt; at++)
        after[at - from] = (after[at - from] ?? 0n) + (facts.chargeMeasures[at] as bigint)
      const records = carriedOn.has(charge) ? 0 : recordsOf(facts.changes[(facts.change[row] as number) - 1])
      counters.update(place, after, counters.amount(place) + (facts.chargeAmount[charge] as bigint), records)
    }
    facts.observedCharge.forEach((charge, at) => {
      const place = places[charge] as number
      if (counters.storedSeq(place) >= BigInt(seq)) return
      const [value, timeMs] = [facts.observedValue[at] as bigint, facts.observedMs[at] as number]
      const mark = facts.observedMark[at] as number
      const measures = facts.measures[facts.chargeRateKey[charge] as number] as number
      if (mark === CARRIED || mark === CARRIED_ON) counters.carry(place, measures, timeMs, value)
      else this.series.add(place, { value, timeMs, mark })
    })
  }
}
