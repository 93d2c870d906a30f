import { ByteReader, ByteWriter, toSigned } from '../columnar/bytes.ts'
import { IntegerColumn, TextsColumn, UuidColumn } from '../columnar/columns.ts'
import type { SegmentFacts } from './segment.ts'
import { NO_COUNTS } from './usage-counts.ts'

type Flat<Column> = Column extends readonly number[]
  ? ArrayLike<number>
  : Column extends readonly bigint[]
    ? readonly bigint[] | IntegerColumn
    : Column

/** Facts as they are encoded: columns of numbers may be flat, and texts and ids bytes already. */
export type FactsToEncode = {
  readonly [Name in keyof SegmentFacts]: Name extends 'services' | 'id' | 'data'
    ? readonly string[] | TextsColumn
    : Name extends 'subscriptions' | 'accounts'
      ? readonly string[] | UuidColumn
      : Flat<SegmentFacts[Name]>
}

function writeTexts(writer: ByteWriter, texts: readonly string[] | TextsColumn): void {
  if (texts instanceof TextsColumn) {
    writeColumn(writer, texts.unitLengths())
    writer.block(texts.view())
    return
  }
  for (const text of texts) writer.natural(text.length)
  writer.block(Buffer.from(texts.join(''), 'utf8'))
}

function readTexts(reader: ByteReader, count: number): string[] {
  const lengths = Array.from({ length: count }, () => reader.natural())
  const joined = reader.block().toString('utf8')
  let at = 0
  return lengths.map((length) => {
    at += length
    return joined.slice(at - length, at)
  })
}

function writeColumn(writer: ByteWriter, column: ArrayLike<number>): void {
  for (let at = 0; at < column.length; at++) writer.natural(column[at] as number)
}

function writeIntegers(writer: ByteWriter, column: ArrayLike<number>): void {
  for (let at = 0; at < column.length; at++) writer.integer(column[at] as number)
}

function writeBigIntegers(writer: ByteWriter, column: readonly bigint[] | IntegerColumn): void {
  if (!(column instanceof IntegerColumn)) {
    for (const value of column) writer.bigInteger(value)
    return
  }
  for (let at = 0; at < column.length; at++) {
    const value = column.numberAt(at)
    if (Number.isNaN(value)) writer.bigInteger(column.at(at))
    else writer.smallInteger(value)
  }
}

function skipTexts(reader: ByteReader, count: number): string[] {
  reader.skipNaturals(count)
  reader.block()
  return []
}

function skipColumn(reader: ByteReader, count: number): number[] {
  reader.skipNaturals(count)
  return []
}

function readColumn(reader: ByteReader, count: number): number[] {
  return Array.from({ length: count }, () => reader.natural())
}

/** The columns as bytes, before compression. */
export function encodeFacts(facts: FactsToEncode): Buffer {
  const each = encodeSteps(facts, new ByteWriter())
  for (let step = each.next(); ; step = each.next()) if (step.done === true) return step.value
}

/** As `encodeFacts`, a column a step. @param writer may be used again when these bytes are packed. */
export function* encodeSteps(facts: FactsToEncode, writer: ByteWriter): Generator<undefined, Buffer> {
  writer.clear()
  const { counts, sources, services, types, subscriptions, cells, measures } = facts
  const head = {
    counts,
    sources,
    types,
    cells,
    measures,
    ...(facts.changes.length === 0 ? {} : { changes: facts.changes }),
    units: facts.units,
    records: facts.id.length,
    charges: facts.chargeRecord.length,
    observed: facts.observedCharge.length,
    accounts: facts.accounts.length,
    accountFacts: facts.accountFacts.length,
    moves: facts.moveKind.length,
  }
  writer.block(Buffer.from(JSON.stringify({ ...head, services: services.length, subscriptions: subscriptions.length })))
  writeTexts(writer, services)
  writeUuids(writer, subscriptions)
  writeTexts(writer, facts.id)
  yield
  writeTexts(writer, facts.data)
  yield
  for (const column of [facts.source, facts.service, facts.type, facts.subscription]) writeColumn(writer, column)
  writeTimes(writer, facts)
  yield
  writeColumn(writer, facts.chargeRecord)
  writeColumn(writer, facts.chargeRateKey)
  writeIntegers(writer, facts.chargePeriod)
  yield
  for (const column of [facts.chargeMeasures, facts.chargeAmount]) {
    writeBigIntegers(writer, column)
    yield
  }
  for (const column of [facts.observedCharge, facts.observedMark]) writeColumn(writer, column)
  writeIntegers(writer, facts.observedMs)
  yield
  writeBigIntegers(writer, facts.observedValue)
  yield
  yield* moveSteps(writer, facts)
  if (facts.changes.length > 0) writeColumn(writer, facts.change)
  return writer.bytes()
}

/** Starts as differences from the one before, then ends as differences from their starts. */
function writeTimes(writer: ByteWriter, { startMs, endMs }: FactsToEncode): void {
  for (let row = 0, previous = 0; row < startMs.length; row++) {
    const start = startMs[row] as number
    writer.integer(start - previous)
    previous = start
  }
  for (let row = 0; row < endMs.length; row++) {
    const end = endMs[row] as number
    writer.natural(Number.isNaN(end) ? 0 : end - (startMs[row] as number) + 1)
  }
}

function* moveSteps(writer: ByteWriter, facts: FactsToEncode): Generator<undefined, void> {
  writeUuids(writer, facts.accounts)
  writeTexts(writer, facts.accountFacts)
  yield
  for (const column of [facts.moveKind, facts.moveAccount, facts.moveMember]) writeColumn(writer, column)
  writeIntegers(writer, facts.movePeriod)
  yield
  for (const column of [facts.moveLot, facts.moveUnit, facts.moveSource, facts.moveRecord]) writeColumn(writer, column)
  for (const column of [facts.moveRemaining, facts.moveHeld]) {
    yield
    writeBigIntegers(writer, column)
  }
}

function readMoves(
  reader: ByteReader,
  head: { accounts: number; accountFacts: number; moves: number },
): Omit<SegmentFacts, 'units' | Exclude<keyof SegmentFacts, 'accounts' | 'accountFacts' | `move${string}`>> {
  const column = (): number[] => readColumn(reader, head.moves)
  const bigIntegers = (): bigint[] => Array.from({ length: head.moves }, () => reader.bigInteger())
  return {
    accounts: readUuids(reader, head.accounts),
    accountFacts: readTexts(reader, head.accountFacts),
    moveKind: column(),
    moveAccount: column(),
    moveMember: column(),
    movePeriod: Array.from({ length: head.moves }, () => reader.integer()),
    moveLot: column(),
    moveUnit: column(),
    moveSource: column(),
    moveRecord: column(),
    moveRemaining: bigIntegers(),
    moveHeld: bigIntegers(),
  }
}

function writeUuids(writer: ByteWriter, ids: readonly string[] | UuidColumn): void {
  writer.block((ids instanceof UuidColumn ? ids : UuidColumn.of(ids)).view())
}

function readUuids(reader: ByteReader, count: number): string[] {
  const hex = reader.block().toString('hex')
  return Array.from({ length: count }, (_, index) => toUuid(hex.slice(index * 32, index * 32 + 32)))
}

/** The columns of encoded bytes. @param hasRecords whether to read what records say; their effects are read in any case. */
export function decodeFacts(bytes: Buffer, hasRecords = true): SegmentFacts {
  const reader = new ByteReader(bytes)
  const head = JSON.parse(reader.block().toString('utf8')) as Pick<
    SegmentFacts,
    'counts' | 'sources' | 'types' | 'cells' | 'measures' | 'units'
  > & {
    changes?: readonly string[]
    records: number
    charges: number
    observed: number
    services: number
    subscriptions: number
  } & {
    accounts: number
    accountFacts: number
    moves: number
  }
  const { sources, types, cells, measures, units, records, charges, changes = [] } = head
  const counts = { ...NO_COUNTS, ...head.counts }
  const services = readTexts(reader, head.services)
  const subscriptions = readUuids(reader, head.subscriptions)
  const texts = (): string[] => (hasRecords ? readTexts(reader, records) : skipTexts(reader, records))
  const column = (): number[] => (hasRecords ? readColumn(reader, records) : skipColumn(reader, records))
  const [id, data] = [texts(), texts()]
  const [source, service, type] = [column(), column(), column()]
  const subscription = readColumn(reader, records)
  const [starts, ends] = [column(), column()]
  let previous = 0
  const startMs = starts.map((coded) => (previous += toSigned(coded)))
  const endMs = ends.map((coded, row) => (coded === 0 ? Number.NaN : (startMs[row] as number) + coded - 1))
  const chargeRecord = readColumn(reader, charges)
  const chargeRateKey = readColumn(reader, charges)
  const chargePeriod = Array.from({ length: charges }, () => reader.integer())
  const measureCount = chargeRateKey.reduce((sum, cell) => sum + (measures[cell] as number), 0)
  const chargeMeasures = Array.from({ length: measureCount }, () => reader.bigInteger())
  const chargeAmount = Array.from({ length: charges }, () => reader.bigInteger())
  const observedCharge = readColumn(reader, head.observed)
  const observedMark = readColumn(reader, head.observed)
  const observedMs = Array.from({ length: head.observed }, () => reader.integer())
  const observedValue = Array.from({ length: head.observed }, () => reader.bigInteger())
  const moves = readMoves(reader, head)
  const change = changes.length > 0 ? readColumn(reader, records) : new Array<number>(records).fill(0)
  return {
    counts,
    changes,
    change,
    sources,
    types,
    cells,
    measures,
    services,
    subscriptions,
    id,
    data,
    source,
    service,
    type,
    subscription,
    startMs,
    endMs,
    chargeRecord,
    chargeRateKey,
    chargePeriod,
    chargeMeasures,
    chargeAmount,
    observedCharge,
    observedValue,
    observedMs,
    observedMark,
    units,
    ...moves,
  }
}

function toUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
