import type { Deduction, LotSource, SessionPart } from '../../core/charging/balances.ts'
import type { OnlineAnswer } from './online-request.ts'

/** A reservation (3GPP: credit-control session), by its source and id. */
export interface Session {
  readonly key: string
  readonly service: string
  readonly startedMs: number
  /** Until when usage was reported; the next report begins here. */
  reportedMs: number
  /** Holds are released then; what is reported later is charged all the same. */
  expiresMs: number
  state: 'running' | 'expired' | 'ended'
  /** Number of the last request, and its answer as JSON: the same number again gets the same answer. */
  sequence: number
  answer: string
  /** By type of usage (rating group). */
  readonly groups: Map<string, SessionPart[]>
}

/** A session as a list, with integers as texts: as few bytes as JSON allows, because each request of a session writes it. */
export type SessionRow = readonly [
  service: string,
  startedMs: number,
  reportedMs: number,
  expiresMs: number,
  state: Session['state'],
  sequence: number,
  answer: OnlineAnswer,
  groups: readonly (readonly [type: string, parts: readonly PartRow[]])[],
]

/** What a session says as a fact of its account, in a segment and in a checkpoint. */
export interface WrittenSession {
  readonly fact: 'session'
  readonly account: string
  readonly key: string
  readonly row: SessionRow
}

type PartRow = readonly [
  pool: string,
  used: string,
  begun: string,
  spent: string,
  isRated: 0 | 1,
  reserved: string,
  reservedSession: string,
  units: readonly DeductionRow[],
  reservedCut?: string,
]

/** Unit and source are null for money and for the credit limit. */
export type DeductionRow = readonly [
  account: string,
  lot: number,
  unit: string | null,
  source: LotSource | null,
  amount: string,
]

export function toDeductionRow({ account, lot, unit, source, amount }: Deduction): DeductionRow {
  return [account, lot, unit, source, String(amount)]
}

export function fromDeductionRow([account, lot, unit, source, amount]: DeductionRow): Deduction {
  return { account, lot, unit, source, amount: BigInt(amount) }
}

/** The JSON of a session's row. */
export function toSessionText(session: Session): string {
  const { service, startedMs, reportedMs, expiresMs, state, sequence, answer } = session
  const head = JSON.stringify([service, startedMs, reportedMs, expiresMs, state, sequence])
  const groups: [string, PartRow[]][] = []
  for (const [type, parts] of session.groups) groups.push([type, parts.map(toPartRow)])
  return `${head.slice(0, -1)},${answer},${JSON.stringify(groups)}]`
}

function toPartRow(part: SessionPart): PartRow {
  const { used, begun, spent, isRated, reserved, reservedSession, units } = part
  // The name of a counter says where holds are to be released; where there are none, nobody asks.
  const pool = reserved === 0n && reservedSession === 0n && units.length === 0 ? '' : part.pool
  const sums = [String(used), String(begun), String(spent)] as const
  const row = [
    pool,
    ...sums,
    isRated ? 1 : 0,
    String(reserved),
    String(reservedSession),
    units.map(toDeductionRow),
  ] as const
  return part.reservedCut === undefined ? row : [...row, String(part.reservedCut)]
}

export function fromSessionRow(key: string, row: SessionRow): Session {
  const [service, startedMs, reportedMs, expiresMs, state, sequence, answer, groups] = row
  return {
    ...{ key, service, startedMs, reportedMs, expiresMs, state, sequence, answer: JSON.stringify(answer) },
    groups: new Map(groups.map(([type, parts]) => [type, parts.map(fromPartRow)])),
  }
}

function fromPartRow(row: PartRow): SessionPart {
  const [pool, used, begun, spent, isRated, reserved, reservedSession, units, reservedCut] = row
  return {
    pool,
    used: BigInt(used),
    begun: BigInt(begun),
    spent: BigInt(spent),
    isRated: isRated === 1,
    reserved: BigInt(reserved),
    reservedSession: BigInt(reservedSession),
    units: units.map(fromDeductionRow),
    ...(reservedCut === undefined ? {} : { reservedCut: BigInt(reservedCut) }),
  }
}

/** A session as a checkpoint has it. */
export interface StoredSession {
  readonly key: string
  readonly content: string
}
