import type { SegmentFacts } from '../../engine/ports.ts'
import type { FileColumns, RowsOf } from './file-columns.ts'

/** Movements of balances and other facts of accounts, in their order. */
export const MOVEMENT_COLUMNS = {
  seq: { type: 'integer' },
  place: { type: 'integer' },
  /** As the journal numbers kinds; 0 is a fact of another shape, which stands in `fact` as JSON. */
  kind: { type: 'integer', written: 'kind::utinyint as kind', read: 'kind::integer' },
  account: { type: 'text', isNullable: true, written: 'account::uuid as account', read: 'account::varchar' },
  member: { type: 'text', isNullable: true, written: 'member::uuid as member', read: 'member::varchar' },
  period: { type: 'integer' },
  lot: { type: 'bigint' },
  unit: { type: 'text', isNullable: true },
  /** 1 + the place of the lot's source; 0 for the credit limit. */
  source: { type: 'integer', written: 'source::utinyint as source', read: 'source::integer' },
  /** 1 + the record's row; 0 where it is about none. */
  record: { type: 'integer' },
  /** Integers of up to 38 digits, as text. */
  remaining: { type: 'text', written: 'remaining::decimal(38, 0) as remaining', read: 'remaining::varchar' },
  held: { type: 'text', written: 'held::decimal(38, 0) as held', read: 'held::varchar' },
  fact: { type: 'text', isNullable: true },
} as const satisfies FileColumns
export type MovementColumns = RowsOf<typeof MOVEMENT_COLUMNS>

/** Adds the rows of a segment. */
export function addMovements(columns: MovementColumns, seq: number, facts: SegmentFacts): void {
  let json = 0
  facts.moveKind.forEach((kind, at) => {
    const isFact = kind === 0
    const unit = facts.moveUnit[at] as number
    columns.seq.push(seq)
    columns.place.push(at)
    columns.kind.push(kind)
    columns.account.push(isFact ? null : (facts.accounts[facts.moveAccount[at] as number] as string))
    columns.member.push(isFact ? null : (facts.accounts[facts.moveMember[at] as number] as string))
    columns.period.push(facts.movePeriod[at] as number)
    columns.lot.push(BigInt(facts.moveLot[at] as number))
    columns.unit.push(unit === 0 ? null : (facts.units[unit - 1] as string))
    columns.source.push(facts.moveSource[at] as number)
    columns.record.push(facts.moveRecord[at] as number)
    columns.remaining.push(String(facts.moveRemaining[at]))
    columns.held.push(String(facts.moveHeld[at]))
    columns.fact.push(isFact ? (facts.accountFacts[json++] as string) : null)
  })
}

/** What a segment says of accounts. */
type MovementFacts = Pick<
  SegmentFacts,
  'units' | 'accounts' | 'accountFacts' | Extract<keyof SegmentFacts, `move${string}`>
>

/** The other way round: rows `from` to `until`, which are one segment's in order, as facts. */
export function toMovementFacts(columns: MovementColumns, from: number, until: number): MovementFacts {
  const [accounts, units] = [new Map<string, number>(), new Map<string, number>()]
  const placeIn = (places: Map<string, number>, text: string | null | undefined): number => {
    if (text === null || text === undefined) return 0
    if (!places.has(text)) places.set(text, places.size)
    return places.get(text) as number
  }
  const range = Array.from({ length: until - from }, (_, index) => from + index)
  const numbers = (column: readonly number[]): number[] => column.slice(from, until)
  const moveAccount: number[] = []
  const moveMember: number[] = []
  const moveUnit: number[] = []
  for (const at of range) {
    moveAccount.push(placeIn(accounts, columns.account[at]))
    moveMember.push(placeIn(accounts, columns.member[at]))
    const unit = columns.unit[at] as string | null
    moveUnit.push(unit === null ? 0 : placeIn(units, unit) + 1)
  }
  return {
    accounts: [...accounts.keys()],
    units: [...units.keys()],
    accountFacts: range.flatMap((at) => columns.fact[at] ?? []),
    moveKind: numbers(columns.kind),
    moveAccount,
    moveMember,
    movePeriod: numbers(columns.period),
    moveLot: range.map((at) => Number(columns.lot[at])),
    moveUnit,
    moveSource: numbers(columns.source),
    moveRecord: numbers(columns.record),
    moveRemaining: range.map((at) => BigInt(columns.remaining[at] as string)),
    moveHeld: range.map((at) => BigInt(columns.held[at] as string)),
  }
}
