import { enlarged } from '../../core/base/enlarged.ts'
import type { SessionPart } from '../../core/charging/balances.ts'
import { NO_ROW, RowLists } from '../columnar/row-lists.ts'
import type { Session } from '../journal/session.ts'
import { addDeductions, LotKinds, readDeductions } from './flat-deductions.ts'
import { fits } from './flat-lots.ts'

const FIRST_CAPACITY = 1024
/** Kinds of rows of a session: a type of usage, then the parts of its prices, each followed by its takes of units. */
const GROUP = 2
const PART = 3
/** Words of a part. */
const USED = 0
const BEGUN = 1
const SPENT = 2
const RESERVED = 3
const RESERVED_SESSION = 4
const RESERVED_CUT = 5
const IS_RATED = 6
const HAS_CUT = 7

/** Sessions by rows that whoever keeps them gives them, in flat memory: of each, four texts are all that is not numbers. */
export class FlatSessions {
  private readonly lists = new RowLists()
  private readonly kinds = new LotKinds()
  private readonly keys: (string | null)[] = []
  private readonly services: (string | null)[] = []
  private readonly answers: (string | null)[] = []
  private times = new Float64Array(FIRST_CAPACITY * 2)
  private sequences = new Float64Array(FIRST_CAPACITY)
  /** The list of its groups. */
  private groups = new Int32Array(FIRST_CAPACITY)

  keyOf(row: number): string {
    return this.keys[row] as string
  }

  /** Gives a row to a session, of which nothing is kept yet but its key. */
  name(row: number, key: string): void {
    this.keys[row] = key
    this.services[row] = this.answers[row] = null
  }

  /** Whether a session is kept in a row. */
  has(row: number): boolean {
    return this.services[row] !== null
  }

  /** Keeps a session, if there is a place for all that it is; otherwise nothing of it. @returns whether there is. */
  put(row: number, session: Session): boolean {
    while (row >= this.sequences.length) {
      this.times = enlarged(this.times)
      this.sequences = enlarged(this.sequences)
      this.groups = enlarged(this.groups)
    }
    if (!this.isFlat(session)) {
      this.removeGroups(row)
      return false
    }
    this.services[row] = session.service
    this.answers[row] = session.answer
    this.times[row * 2] = session.startedMs
    this.times[row * 2 + 1] = session.reportedMs
    this.sequences[row] = session.sequence
    const { lists } = this
    lists.begin(this.groups[row] as number)
    for (const [type, parts] of session.groups) {
      lists.add(GROUP, type)
      for (const part of parts) this.addPart(part)
    }
    this.groups[row] = lists.end()
    return true
  }

  private isFlat({ groups }: Session): boolean {
    for (const parts of groups.values())
      for (const { used, begun, spent, reserved, reservedSession, reservedCut = 0n, units } of parts) {
        const isPart = fits(used) && fits(begun) && fits(spent)
        if (!isPart || !fits(reserved) || !fits(reservedSession) || !fits(reservedCut)) return false
        for (const { amount, unit } of units) if (!fits(amount) || !this.kinds.has(unit)) return false
      }
    return true
  }

  private addPart(part: SessionPart): void {
    const { lists } = this
    const at = lists.add(PART, part.pool)
    const { integers, numbers } = lists
    integers[at + USED] = part.used
    integers[at + BEGUN] = part.begun
    integers[at + SPENT] = part.spent
    integers[at + RESERVED] = part.reserved
    integers[at + RESERVED_SESSION] = part.reservedSession
    integers[at + RESERVED_CUT] = part.reservedCut ?? 0n
    numbers[at + IS_RATED] = part.isRated ? 1 : 0
    numbers[at + HAS_CUT] = part.reservedCut === undefined ? 0 : 1
    addDeductions(lists, this.kinds, part.units, null)
  }

  /** The session of a row as an object of its own. */
  get(row: number, state: Session['state'], expiresMs: number): Session {
    const { lists } = this
    const groups = new Map<string, SessionPart[]>()
    let parts: SessionPart[] = []
    for (let at = this.groups[row] as number; at !== NO_ROW; ) {
      const [kind, thing] = [lists.kindOf(at), lists.thingOf(at) as string]
      if (kind === GROUP) {
        parts = []
        groups.set(thing, parts)
        at = lists.next(at)
        continue
      }
      const part = this.partAt(lists.wordsOf(at), thing)
      parts.push(part)
      at = readDeductions(lists, this.kinds, lists.next(at), part.units, '')
    }
    return {
      key: this.keys[row] as string,
      service: this.services[row] as string,
      startedMs: this.times[row * 2] as number,
      reportedMs: this.times[row * 2 + 1] as number,
      expiresMs,
      state,
      sequence: this.sequences[row] as number,
      answer: this.answers[row] as string,
      groups,
    }
  }

  private partAt(at: number, pool: string): SessionPart {
    const { integers, numbers } = this.lists
    const part = {
      pool,
      used: integers[at + USED] as bigint,
      begun: integers[at + BEGUN] as bigint,
      spent: integers[at + SPENT] as bigint,
      isRated: numbers[at + IS_RATED] === 1,
      units: [],
      reserved: integers[at + RESERVED] as bigint,
      reservedSession: integers[at + RESERVED_SESSION] as bigint,
    }
    return numbers[at + HAS_CUT] === 1 ? { ...part, reservedCut: integers[at + RESERVED_CUT] as bigint } : part
  }

  remove(row: number): void {
    this.keys[row] = null
    if (row < this.groups.length) this.removeGroups(row)
  }

  private removeGroups(row: number): void {
    this.services[row] = this.answers[row] = null
    this.lists.remove(this.groups[row] as number)
    this.groups[row] = NO_ROW
  }
}
