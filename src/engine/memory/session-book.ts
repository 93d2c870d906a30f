import { enlarged } from '../../core/base/enlarged.ts'
import { Hash128 } from '../../core/base/hash.ts'
import { NAME_WORDS } from '../columnar/name-places.ts'
import { NameRows } from '../columnar/name-rows.ts'
import {
  fromSessionRow,
  type Session,
  type StoredSession,
  toSessionText,
  type WrittenSession,
} from '../journal/session.ts'
import { FlatSessions } from './flat-sessions.ts'

/** Sessions that ended or expired and are remembered for late and repeated requests, all in all. */
const MAX_FINISHED = 50_000
const FIRST_CAPACITY = 1024
const NONE = -1

/** What a row is. */
const FREE = 0
const RUNNING = 1
const EXPIRED = 2
const ENDED = 3
const KINDS = { running: RUNNING, expired: EXPIRED, ended: ENDED } as const
const STATES = ['ended', 'running', 'expired', 'ended'] as const

/** What is done with a session. */
const FOUND = 1
const PUT = 2

/**
 * The sessions of all accounts, of those that are over the latest, so that a million of them in one moment take no more
 * memory than some thousands. A session is an object while something is decided about it, and lies in flat memory afterwards.
 */
export class SessionBook {
  private readonly hash: Hash128
  private readonly names = new NameRows()
  /** By row, as all arrays here but those of accounts. */
  private readonly flat = new FlatSessions()
  /** Those that are at work, and the few that do not fit into flat memory. */
  private readonly objects: (Session | null)[] = []
  private readonly atWork: number[] = []
  private readonly free: number[] = []
  private nameOf = new Uint32Array(FIRST_CAPACITY * NAME_WORDS)
  private kinds = new Uint8Array(FIRST_CAPACITY)
  /** Whether something is decided about a session since the last `settle`. */
  private work = new Uint8Array(FIRST_CAPACITY)
  /** Whether what is stored of a row is not what it is now, and whether something is stored at all. */
  private isDirty = new Uint8Array(FIRST_CAPACITY)
  private isStored = new Uint8Array(FIRST_CAPACITY)
  private accounts = new Int32Array(FIRST_CAPACITY)
  private expiresMs = new Float64Array(FIRST_CAPACITY)
  /** The sessions of an account that run or have expired, the newest first. */
  private next = new Int32Array(FIRST_CAPACITY)
  private previous = new Int32Array(FIRST_CAPACITY)
  /** How often a row was given away: what a row was finished as may be another session by now. */
  private uses = new Uint32Array(FIRST_CAPACITY)
  /** By account: its first row, plus one; how many run; and before when none of them is due. */
  private firstOf = new Int32Array(FIRST_CAPACITY)
  private runningOf = new Int32Array(FIRST_CAPACITY)
  private dueMs = new Float64Array(FIRST_CAPACITY)
  /** A ring of rows that are finished, and of their uses. */
  private readonly finished = new Int32Array(MAX_FINISHED).fill(NONE)
  private readonly finishedUses = new Uint32Array(MAX_FINISHED)
  private finishedAt = 0
  private gone: string[] = []

  constructor(hashSeed: Uint32Array) {
    this.hash = new Hash128(hashSeed)
  }

  /** The session of a key, to be changed and put back before `settle`; undefined where it is not known, or not any more. */
  find(key: string, nowMs: number): { account: number; session: Session } | undefined {
    const row = this.rowOf(key)
    if (row === NONE || this.isOver(row, nowMs) || this.flat.keyOf(row) !== key) return undefined
    return { account: this.accounts[row] as number, session: this.toChange(row) }
  }

  private isOver(row: number, nowMs: number): boolean {
    return this.kinds[row] !== RUNNING && (this.expiresMs[row] as number) <= nowMs
  }

  /** The session of a row, to be looked at only. */
  private look(row: number): Session {
    const kind = this.kinds[row] as number
    return this.objects[row] ?? this.flat.get(row, STATES[kind] as Session['state'], this.expiresMs[row] as number)
  }

  /** The one object of a row until `settle`. */
  private toChange(row: number): Session {
    const session = this.look(row)
    this.objects[row] = session
    if (this.work[row] === 0) this.setWork(row, FOUND)
    return session
  }

  private setWork(row: number, work: number): void {
    if (this.work[row] === 0) this.atWork.push(row)
    this.work[row] = work
  }

  /** Puts the new state of a session; `settle` writes it to the segment. */
  put(account: number, session: Session): void {
    let row = this.rowOf(session.key)
    if (row === NONE) row = this.insert(account, session.key)
    const before = this.kinds[row] as number
    const kind = KINDS[session.state]
    this.objects[row] = session
    this.setWork(row, PUT)
    this.kinds[row] = kind
    this.expiresMs[row] = session.expiresMs
    this.isDirty[row] = 1
    if (kind === RUNNING && before !== RUNNING) this.runningOf[account] = (this.runningOf[account] as number) + 1
    if (kind !== RUNNING && before === RUNNING) this.runningOf[account] = (this.runningOf[account] as number) - 1
    if (kind !== ENDED && (before === FREE || before === ENDED)) this.link(row, account)
    if (kind === ENDED && (before === RUNNING || before === EXPIRED)) this.unlink(row)
    if (kind === ENDED) this.forgetStored(row, session.key)
    else this.dueMs[account] = Math.min(this.dueMs[account] as number, session.expiresMs)
    if (kind !== RUNNING && (before === RUNNING || before === FREE)) this.finish(row)
  }

  /** Forgets a session, if it is known. */
  forget(key: string): void {
    const row = this.rowOf(key)
    if (row !== NONE) this.drop(row)
  }

  /** The oldest of those that are finished makes room for the latest. */
  private finish(row: number): void {
    const { finished, finishedUses, finishedAt: at } = this
    const oldest = finished[at] as number
    if (oldest !== NONE && this.uses[oldest] === finishedUses[at]) this.drop(oldest)
    finished[at] = row
    finishedUses[at] = this.uses[row] as number
    this.finishedAt = (at + 1) % MAX_FINISHED
  }

  private drop(row: number): void {
    const kind = this.kinds[row] as number
    const account = this.accounts[row] as number
    if (kind === RUNNING) this.runningOf[account] = (this.runningOf[account] as number) - 1
    if (kind !== ENDED) this.unlink(row)
    if (this.isStored[row] === 1) this.forgetStored(row, this.flat.keyOf(row))
    this.names.remove(this.nameOf, row * NAME_WORDS)
    this.kinds[row] = FREE
    this.isDirty[row] = 0
    this.objects[row] = null
    this.flat.remove(row)
    this.uses[row] = (this.uses[row] as number) + 1
    this.free.push(row)
  }

  /** What has ended is in the journal, and in no checkpoint any more. */
  private forgetStored(row: number, key: string): void {
    if (this.isStored[row] === 1) this.gone.push(key)
    this.isStored[row] = this.isDirty[row] = 0
  }

  /** The hash of the key is left in `hash.out`. */
  private rowOf(key: string): number {
    this.hash.start()
    this.hash.addText(key)
    return this.names.find(this.hash.finish())
  }

  private insert(account: number, key: string): number {
    const row = this.free.pop() ?? this.objects.push(null) - 1
    if (row >= this.kinds.length) this.enlarge()
    while (account >= this.firstOf.length) this.enlargeAccounts()
    const { out } = this.hash
    for (let word = 0; word < NAME_WORDS; word++) this.nameOf[row * NAME_WORDS + word] = out[word] as number
    this.names.add(out, row)
    this.flat.name(row, key)
    this.accounts[row] = account
    this.isStored[row] = 0
    return row
  }

  private enlarge(): void {
    this.nameOf = enlarged(this.nameOf)
    this.kinds = enlarged(this.kinds)
    this.work = enlarged(this.work)
    this.isDirty = enlarged(this.isDirty)
    this.isStored = enlarged(this.isStored)
    this.accounts = enlarged(this.accounts)
    this.expiresMs = enlarged(this.expiresMs)
    this.next = enlarged(this.next)
    this.previous = enlarged(this.previous)
    this.uses = enlarged(this.uses)
  }

  private enlargeAccounts(): void {
    this.firstOf = enlarged(this.firstOf)
    this.runningOf = enlarged(this.runningOf)
    this.dueMs = enlarged(this.dueMs)
  }

  private link(row: number, account: number): void {
    const first = (this.firstOf[account] as number) - 1
    if (first === NONE) this.dueMs[account] = Number.POSITIVE_INFINITY
    else this.previous[first] = row
    this.next[row] = first
    this.previous[row] = NONE
    this.firstOf[account] = row + 1
  }

  private unlink(row: number): void {
    const [next, previous] = [this.next[row] as number, this.previous[row] as number]
    if (next !== NONE) this.previous[next] = previous
    if (previous !== NONE) this.next[previous] = next
    else this.firstOf[this.accounts[row] as number] = next + 1
  }

  /** How many sessions of an account run. */
  countRunning(account: number): number {
    return this.runningOf[account] ?? 0
  }

  /** The latest sessions of an account that run. */
  latestRunning(account: number, limit: number): Session[] {
    const found: Session[] = []
    for (
      let row = (this.firstOf[account] ?? 0) - 1;
      row !== NONE && found.length < limit;
      row = this.next[row] as number
    )
      if (this.kinds[row] === RUNNING) found.push(this.look(row))
    return found
  }

  /** Before when nothing of an account's sessions is due; infinity where it has none. */
  dueMsOf(account: number): number {
    return (this.firstOf[account] ?? 0) === 0 ? Number.POSITIVE_INFINITY : (this.dueMs[account] as number)
  }

  /** Up to `limit` sessions of an account whose time is over; those that had expired before are forgotten. */
  takeDue(account: number, nowMs: number, limit: number): Session[] {
    const due: Session[] = []
    let leastMs = Number.POSITIVE_INFINITY
    for (let row = (this.firstOf[account] ?? 0) - 1; row !== NONE; ) {
      const next = this.next[row] as number
      const expiresMs = this.expiresMs[row] as number
      if (expiresMs > nowMs) leastMs = Math.min(leastMs, expiresMs)
      else if (this.kinds[row] !== RUNNING) this.drop(row)
      else if (due.length < limit) due.push(this.toChange(row))
      else {
        // Those that are left are looked for again the next time.
        this.dueMs[account] = nowMs
        return due
      }
      row = next
    }
    // Going through all sessions of a large account once a second is often enough.
    this.dueMs[account] = Math.max(leastMs, nowMs + 1000)
    return due
  }

  /** What runs in a row, as it is written; null where nothing does. */
  runningAt(row: number, idOf: (account: number) => string): [key: string, text: string] | null {
    return this.kinds[row] === RUNNING ? [this.flat.keyOf(row), this.textOf(row, this.look(row), idOf)] : null
  }

  /** The row of a session that runs; −1 where it does not. */
  runningRow(key: string): number {
    const row = this.rowOf(key)
    return row !== NONE && this.kinds[row] === RUNNING ? row : NONE
  }

  /** The JSON of a `WrittenSession`. */
  private textOf(row: number, session: Session, idOf: (account: number) => string): string {
    const account = idOf(this.accounts[row] as number)
    return `{"fact":"session","account":"${account}","key":${JSON.stringify(session.key)},"row":${toSessionText(session)}}`
  }

  /**
   * Nothing is being decided: what was at work goes back to flat memory.
   * @param write gets every session that was put since the last time, as text.
   */
  settle(idOf?: (account: number) => string, write?: (text: string) => void): void {
    const { atWork, objects } = this
    for (const row of atWork) {
      const session = objects[row]
      const isPut = this.work[row] === PUT
      this.work[row] = 0
      if (session == null) continue
      if (isPut && idOf !== undefined) write?.(this.textOf(row, session, idOf))
      if (isPut ? this.flat.put(row, session) : this.flat.has(row)) objects[row] = null
    }
    atWork.length = 0
  }

  /** Rows that there are, some of which are free. */
  get rows(): number {
    return this.objects.length
  }

  isChanged(row: number): boolean {
    return this.isDirty[row] === 1
  }

  /** What is to be stored of a row: null where what is stored is what it is. It counts as stored from here on. */
  takeDirty(row: number, idOf: (account: number) => string): StoredSession | null {
    if (this.isDirty[row] === 0) return null
    this.isDirty[row] = 0
    this.isStored[row] = 1
    const session = this.look(row)
    return { key: session.key, content: this.textOf(row, session, idOf) }
  }

  /** Keys of sessions that are stored and are over. */
  takeGone(): string[] {
    const { gone } = this
    this.gone = []
    return gone
  }

  /** Puts a session back as it was stored. */
  restore(content: string, numberOf: (id: string) => number): { account: number; session: Session } {
    const { account: id, key, row } = JSON.parse(content) as WrittenSession
    const [account, session] = [numberOf(id), fromSessionRow(key, row)]
    this.put(account, session)
    this.settle()
    const at = this.rowOf(key)
    this.isDirty[at] = 0
    this.isStored[at] = 1
    return { account, session }
  }
}
