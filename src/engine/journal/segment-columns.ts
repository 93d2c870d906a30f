/**
 * How a column stands in the bytes of a segment:
 * - `texts`: their lengths in UTF-16 units as naturals, then all of them as one block of UTF-8
 * - `uuids`: one block of 16 bytes each
 * - `natural`: whole numbers from 0 to 2^53 − 1, seven bits a byte
 * - `integer`: the same with a sign
 * - `bigInteger`: integers of any size
 * - `start`: epoch milliseconds, as the difference from the row before
 * - `end`: 0 where there is none, else 1 + the difference from the row's start
 */
export type ColumnEncoding = 'texts' | 'uuids' | 'natural' | 'integer' | 'bigInteger' | 'start' | 'end'

/** What a column has one value for each of. The head of a segment says how many there are; `measures` follow from charges. */
export type ColumnLength =
  | 'services'
  | 'subscriptions'
  | 'records'
  | 'charges'
  | 'measures'
  | 'observed'
  | 'accounts'
  | 'accountFacts'
  | 'moves'

interface SegmentColumn {
  readonly encoding: ColumnEncoding
  readonly length: ColumnLength
  /** It says what a record was, not what it did: who wants the effects alone passes over it. */
  readonly isDescription?: true
  /** Only segments with corrections have it; in others it is all 0. */
  readonly isOfCorrections?: true
}

const text = { encoding: 'texts', length: 'records', isDescription: true } as const
const place = { encoding: 'natural', length: 'records', isDescription: true } as const
const ofMove = { encoding: 'natural', length: 'moves' } as const

/**
 * The columns of a segment, in the order of their bytes. What is built, encoded and decoded derives from this list: a new column
 * is one entry here. Segments are never rewritten: entries stay as they are, and a new one that older segments lack says so as
 * `change` does.
 */
const SEGMENT_COLUMNS = {
  services: { encoding: 'texts', length: 'services' },
  subscriptions: { encoding: 'uuids', length: 'subscriptions' },
  /** Records: id, data as JSON, and the places of source, service, type and subscription in their dictionaries. */
  id: text,
  data: text,
  source: place,
  service: place,
  type: place,
  subscription: { encoding: 'natural', length: 'records' },
  startMs: { encoding: 'start', length: 'records', isDescription: true },
  /** NaN where the record has no end. */
  endMs: { encoding: 'end', length: 'records', isDescription: true },
  /** Charges: the record's row, the rate element, the period's first day, the increase of each measure, the amount. */
  chargeRecord: { encoding: 'natural', length: 'charges' },
  chargeRateKey: { encoding: 'natural', length: 'charges' },
  chargePeriod: { encoding: 'integer', length: 'charges' },
  chargeMeasures: { encoding: 'bigInteger', length: 'measures' },
  chargeAmount: { encoding: 'bigInteger', length: 'charges' },
  /** What meters that keep a series have observed: the charge, and mark, time and value of the observation. */
  observedCharge: { encoding: 'natural', length: 'observed' },
  observedMark: { encoding: 'natural', length: 'observed' },
  observedMs: { encoding: 'integer', length: 'observed' },
  observedValue: { encoding: 'bigInteger', length: 'observed' },
  /** Facts of accounts, in order: movements of balances, by 1 + the place of their kind, and 0 for each of `accountFacts`. */
  accounts: { encoding: 'uuids', length: 'accounts' },
  accountFacts: { encoding: 'texts', length: 'accountFacts' },
  moveKind: ofMove,
  moveAccount: ofMove,
  moveMember: ofMove,
  movePeriod: { encoding: 'integer', length: 'moves' },
  moveLot: ofMove,
  /** 1 + the place of the unit; 0 for money. */
  moveUnit: ofMove,
  /** 1 + the place of the lot's source; 0 for the credit limit. */
  moveSource: ofMove,
  /** 1 + the record's row; 0 where it is about none. */
  moveRecord: ofMove,
  moveRemaining: { encoding: 'bigInteger', length: 'moves' },
  moveHeld: { encoding: 'bigInteger', length: 'moves' },
  /** Of records: 1 + the place of the correction in `changes`; 0 where a record is as it came. */
  change: { encoding: 'natural', length: 'records', isOfCorrections: true },
} as const satisfies Record<string, SegmentColumn>

type Columns = typeof SEGMENT_COLUMNS
export type ColumnName = keyof Columns

/** By what a column is encoded as: what it is read as, and what it is where it comes from elsewhere, for each encoding. */
export type ByEncoding<Of extends Record<'texts' | 'uuids' | 'numbers' | 'bigIntegers', unknown>> = {
  readonly [Name in ColumnName]: Columns[Name]['encoding'] extends 'texts'
    ? Of['texts']
    : Columns[Name]['encoding'] extends 'uuids'
      ? Of['uuids']
      : Columns[Name]['encoding'] extends 'bigInteger'
        ? Of['bigIntegers']
        : Of['numbers']
}

/** The list, with what every column may say. */
export const COLUMN_LIST = Object.entries(SEGMENT_COLUMNS) as unknown as readonly (readonly [
  ColumnName,
  SegmentColumn,
])[]

/** An object with one value for each column. */
export function forEachColumn<V>(make: (column: SegmentColumn, name: ColumnName) => V): Record<ColumnName, V> {
  return Object.fromEntries(COLUMN_LIST.map(([name, column]) => [name, make(column, name)])) as Record<ColumnName, V>
}
