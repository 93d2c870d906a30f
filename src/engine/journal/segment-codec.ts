import { present } from '../../core/base/assert.ts'
import { ByteReader, ByteWriter, toSigned } from '../columnar/bytes.ts'
import { IntegerColumn, TextsColumn, UuidColumn } from '../columnar/columns.ts'
import type { SegmentFacts, SegmentHead } from './segment.ts'
import { type ByEncoding, COLUMN_LIST, type ColumnEncoding, type ColumnLength } from './segment-columns.ts'
import { NO_COUNTS } from './usage-counts.ts'

/** A column to be encoded: numbers may be flat, and texts and ids bytes already. */
type Numbers = ArrayLike<number>
type BigIntegers = readonly bigint[] | IntegerColumn
type Texts = readonly string[] | TextsColumn
type Uuids = readonly string[] | UuidColumn

/** Facts as they are encoded. */
export type FactsToEncode = SegmentHead &
  ByEncoding<{ texts: Texts; uuids: Uuids; numbers: Numbers; bigIntegers: BigIntegers }>

/** How many values columns have, as the head says. */
type Lengths = Record<Exclude<ColumnLength, 'measures'>, number>
type StoredHead = Omit<SegmentHead, 'changes'> & { readonly changes?: readonly string[] } & Lengths

/** The columns as bytes, before compression. */
export function encodeFacts(facts: FactsToEncode): Buffer {
  const each = encodeSteps(facts, new ByteWriter())
  for (let step = each.next(); ; step = each.next()) if (step.done === true) return step.value
}

/** As `encodeFacts`, a column a step. @param writer may be used again when these bytes are packed. */
export function* encodeSteps(facts: FactsToEncode, writer: ByteWriter): Generator<undefined, Buffer> {
  writer.clear()
  const { counts, sources, types, cells, measures, changes, units } = facts
  const head: StoredHead = {
    ...{ counts, sources, types, cells, measures },
    ...(changes.length === 0 ? {} : { changes }),
    units,
    records: facts.id.length,
    charges: facts.chargeRecord.length,
    observed: facts.observedCharge.length,
    accounts: facts.accounts.length,
    accountFacts: facts.accountFacts.length,
    moves: facts.moveKind.length,
    services: facts.services.length,
    subscriptions: facts.subscriptions.length,
  }
  writer.block(Buffer.from(JSON.stringify(head)))
  for (const [name, { encoding, isOfCorrections }] of COLUMN_LIST) {
    if (isOfCorrections && changes.length === 0) continue
    CODECS[encoding].write(writer, facts[name] as never, facts.startMs)
    yield
  }
  return writer.bytes()
}

/** The columns of encoded bytes. @param hasRecords whether to read what records say; their effects are read in any case. */
export function decodeFacts(bytes: Buffer, hasRecords = true): SegmentFacts {
  const reader = new ByteReader(bytes)
  const head = JSON.parse(reader.block().toString('utf8')) as StoredHead
  const { sources, types, cells, measures, units, changes = [] } = head
  const found: Record<string, unknown> = {}
  const lengthOf = (length: ColumnLength): number =>
    length === 'measures'
      ? (found['chargeRateKey'] as number[]).reduce((sum, cell) => sum + present(measures[cell], 'a rate element'), 0)
      : head[length]
  for (const [name, { encoding, length, isDescription, isOfCorrections }] of COLUMN_LIST) {
    const count = lengthOf(length)
    if (isOfCorrections && changes.length === 0) found[name] = new Array<number>(count).fill(0)
    else if (isDescription && !hasRecords) found[name] = skipColumn(reader, encoding, count)
    else found[name] = CODECS[encoding].read(reader, count, found['startMs'] as number[])
  }
  const dictionaries = { counts: { ...NO_COUNTS, ...head.counts }, sources, types, cells, measures, changes, units }
  return { ...dictionaries, ...(found as Omit<SegmentFacts, keyof SegmentHead>) }
}

/** Passes over a column of naturals; of texts it passes over the lengths and then the block of bytes. */
function skipColumn(reader: ByteReader, encoding: ColumnEncoding, count: number): never[] {
  reader.skipNaturals(count)
  if (encoding === 'texts') reader.block()
  return []
}

function writeUuids(writer: ByteWriter, ids: Uuids): void {
  writer.block((ids instanceof UuidColumn ? ids : UuidColumn.of(ids)).view())
}

function writeTexts(writer: ByteWriter, texts: Texts): void {
  if (texts instanceof TextsColumn) {
    writeNaturals(writer, texts.unitLengths())
    writer.block(texts.view())
    return
  }
  for (const text of texts) writer.natural(text.length)
  writer.block(Buffer.from(texts.join(''), 'utf8'))
}

function readTexts(reader: ByteReader, count: number): string[] {
  const lengths = readNaturals(reader, count)
  const joined = reader.block().toString('utf8')
  let at = 0
  return lengths.map((length) => {
    at += length
    return joined.slice(at - length, at)
  })
}

function readUuids(reader: ByteReader, count: number): string[] {
  const hex = reader.block().toString('hex')
  return Array.from({ length: count }, (_, index) => toUuid(hex.slice(index * 32, index * 32 + 32)))
}

function toUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

function writeNaturals(writer: ByteWriter, column: Numbers): void {
  for (let at = 0; at < column.length; at++) writer.natural(column[at] as number)
}

function readNaturals(reader: ByteReader, count: number): number[] {
  return Array.from({ length: count }, () => reader.natural())
}

function writeIntegers(writer: ByteWriter, column: Numbers): void {
  for (let at = 0; at < column.length; at++) writer.integer(column[at] as number)
}

function writeBigIntegers(writer: ByteWriter, column: BigIntegers): void {
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

function writeStarts(writer: ByteWriter, startMs: Numbers): void {
  for (let row = 0, previous = 0; row < startMs.length; row++) {
    const start = startMs[row] as number
    writer.integer(start - previous)
    previous = start
  }
}

function writeEnds(writer: ByteWriter, endMs: Numbers, startMs: Numbers): void {
  for (let row = 0; row < endMs.length; row++) {
    const end = endMs[row] as number
    writer.natural(Number.isNaN(end) ? 0 : end - (startMs[row] as number) + 1)
  }
}

interface Codec {
  /** @param startMs of the records, which their ends are counted from. */
  write(writer: ByteWriter, column: never, startMs: Numbers): void
  read(reader: ByteReader, count: number, startMs: readonly number[]): string[] | number[] | bigint[]
}

const CODECS: Readonly<Record<ColumnEncoding, Codec>> = {
  texts: { write: writeTexts, read: readTexts },
  uuids: { write: writeUuids, read: readUuids },
  natural: { write: writeNaturals, read: readNaturals },
  integer: {
    write: writeIntegers,
    read: (reader, count) => Array.from({ length: count }, () => reader.integer()),
  },
  bigInteger: {
    write: writeBigIntegers,
    read: (reader, count) => Array.from({ length: count }, () => reader.bigInteger()),
  },
  start: {
    write: writeStarts,
    read: (reader, count) => {
      let previous = 0
      return readNaturals(reader, count).map((coded) => (previous += toSigned(coded)))
    },
  },
  end: {
    write: writeEnds,
    read: (reader, count, startMs) =>
      readNaturals(reader, count).map((coded, row) =>
        coded === 0 ? Number.NaN : (startMs[row] as number) + coded - 1,
      ),
  },
}
