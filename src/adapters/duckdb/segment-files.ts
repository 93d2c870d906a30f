import { mkdir, open, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import {
  type ArchiveFile,
  type ClosedSegment,
  encodeFacts,
  RECORD_BYTES,
  rowsOf,
  type SegmentFacts,
  type UsageCounts,
  unpackFacts,
} from '../../engine/ports.ts'
import { addCharges, CHARGE_COLUMNS, toChargeFacts } from './charge-columns.ts'
import { appendColumns, chargesIn, parquet, quoted, readInto } from './database.ts'
import { emptyRows, type FileColumns, readColumns, typesOf, writtenColumns } from './file-columns.ts'
import { digestOf } from './file-digest.ts'
import { addMovements, MOVEMENT_COLUMNS, toMovementFacts } from './movement-columns.ts'
import { differenceOf } from './same-facts.ts'
import { slicesOf } from './slices.ts'

/** Records that are written, and read back, at a time. */
const WRITTEN_RECORDS = 20_000
const READ_RECORDS = 300_000
const weightOf = ({ counts, payload }: ClosedSegment): number => Math.max(rowsOf(counts), payload.length / RECORD_BYTES)

type AccountsOf = (subscriptionIds: readonly string[]) => Promise<(string | null)[]>

/** Writes closed segments to files of one UTC day each, and their movements to another; then compares what they say. */
export async function writeSegments(
  connection: DuckDBConnection,
  root: string,
  folder: string,
  segments: readonly ClosedSegment[],
  accountsOf: AccountsOf,
): Promise<ArchiveFile[]> {
  await createTable(connection, 'charges', CHARGE_COLUMNS)
  await createTable(connection, 'movements', MOVEMENT_COLUMNS)
  for (const slice of slicesOf(segments, WRITTEN_RECORDS, weightOf)) await append(connection, slice, accountsOf)
  const range = { fromSeq: segments[0]?.seq ?? 0, throughSeq: segments.at(-1)?.seq ?? 0 }
  const files: ArchiveFile[] = []
  for (const day of await daysOf(connection)) {
    const where = `start_ms >= ${day.fromMs} and start_ms < ${day.fromMs + 86_400_000}`
    const path = join(folder, `day=${day.name}`, `${range.fromSeq}-${range.throughSeq}.parquet`)
    const columns = writtenColumns(CHARGE_COLUMNS, day.wide === 0 ? ['wide'] : [])
    const query = `select ${columns} from charges where ${where} order by account, service, start_ms, seq, record, part`
    const written = await writeFile(connection, root, path, query)
    const { rows, minMs, maxMs, maxEndMs } = day
    files.push({ path, kind: 'charges', day: day.name, ...range, rows, minMs, maxMs, maxEndMs, ...written })
  }
  const moves = await countRows(connection, 'movements')
  if (moves > 0) {
    const path = join(folder, 'movements', `${range.fromSeq}-${range.throughSeq}.parquet`)
    const query = `select ${writtenColumns(MOVEMENT_COLUMNS)} from movements order by account, seq, place`
    const written = await writeFile(connection, root, path, query)
    const times = { day: null, minMs: null, maxMs: null, maxEndMs: null }
    files.push({ path, kind: 'movements', ...times, ...range, rows: moves, ...written })
  }
  await connection.run('drop table charges; drop table movements')
  await compare(connection, root, files, segments)
  return files
}

/** Adds the rows of segments to the tables: of many together, because one may have a few records only. */
async function append(
  connection: DuckDBConnection,
  segments: readonly ClosedSegment[],
  accountsOf: AccountsOf,
): Promise<void> {
  const unpacked = segments.map(({ seq, payload }) => ({ seq, facts: unpackFacts(bufferOf(payload)) }))
  const subscriptions = [...new Set(unpacked.flatMap(({ facts }) => facts.subscriptions))]
  const found = await accountsOf(subscriptions)
  const accounts = new Map(subscriptions.map((id, index) => [id, found[index] ?? null]))
  const [charges, movements] = [emptyRows(CHARGE_COLUMNS), emptyRows(MOVEMENT_COLUMNS)]
  for (const { seq, facts } of unpacked) {
    const own = facts.subscriptions.map((id) => accounts.get(id) ?? null)
    addCharges(charges, seq, facts, own)
    addMovements(movements, seq, facts)
  }
  await appendColumns(connection, 'charges', typesOf(CHARGE_COLUMNS), Object.values(charges))
  await appendColumns(connection, 'movements', typesOf(MOVEMENT_COLUMNS), Object.values(movements))
}

/** Every fact of the segments against what the files say. */
async function compare(
  connection: DuckDBConnection,
  root: string,
  files: readonly ArchiveFile[],
  segments: readonly ClosedSegment[],
): Promise<void> {
  const paths = files.map(({ path }) => join(root, path))
  for (const slice of slicesOf(segments, READ_RECORDS, weightOf)) {
    const found = await readFacts(connection, paths, slice)
    slice.forEach(({ seq, payload }, index) => {
      const difference = differenceOf(unpackFacts(bufferOf(payload)), found[index] as SegmentFacts)
      if (difference !== null) throw new Error(`the archive does not say what segment ${seq} says: ${difference}`)
    })
  }
  // Each segment has its rows; so none may be left over.
  for (const { path, rows } of files) {
    const stored = await countRows(connection, parquet([join(root, path)]))
    if (rows !== stored) throw new Error(`${path} has ${stored} rows instead of ${rows}`)
  }
}

/** Facts of segments out of files, as they are encoded in the journal. */
export async function readSegments(
  connection: DuckDBConnection,
  paths: readonly string[],
  segments: readonly { readonly seq: number; readonly counts: UsageCounts }[],
): Promise<Uint8Array[]> {
  return (await readFacts(connection, paths, segments)).map((facts) => encodeFacts(facts))
}

async function readFacts(
  connection: DuckDBConnection,
  paths: readonly string[],
  segments: readonly { readonly seq: number; readonly counts: UsageCounts }[],
): Promise<SegmentFacts[]> {
  const [charges, movements] = [emptyRows(CHARGE_COLUMNS), emptyRows(MOVEMENT_COLUMNS)]
  const where = `where seq between ${segments[0]?.seq} and ${segments.at(-1)?.seq}`
  const [ofMovements, ofCharges] = [true, false].map((isOfMovements) =>
    paths.filter((path) => path.includes('/movements/') === isOfMovements),
  ) as [string[], string[]]
  if (ofCharges.length > 0) {
    const query = `select ${readColumns(CHARGE_COLUMNS)} from ${chargesIn(ofCharges)} ${where} order by seq, record, part`
    await readInto(connection, query, Object.values(charges))
  }
  if (ofMovements.length > 0) {
    const query = `select ${readColumns(MOVEMENT_COLUMNS)} from ${parquet(ofMovements)} ${where} order by seq, place`
    await readInto(connection, query, Object.values(movements))
  }
  let [charge, movement] = [0, 0]
  return segments.map(({ seq, counts }) => {
    const [fromCharge, fromMovement] = [charge, movement]
    while (charges.seq[charge] === seq) charge++
    while (movements.seq[movement] === seq) movement++
    const usage = toChargeFacts(charges, fromCharge, charge)
    return { counts, ...usage, ...toMovementFacts(movements, fromMovement, movement) }
  })
}

async function createTable(connection: DuckDBConnection, name: string, columns: FileColumns): Promise<void> {
  const SQL_NAMES = { text: 'varchar', integer: 'integer', bigint: 'bigint', bigints: 'bigint[]' }
  const defined = Object.entries(columns).map(([column, { type }]) => `${column} ${SQL_NAMES[type]}`)
  await connection.run(`create or replace temp table ${name} (${defined.join(', ')})`)
}

interface Day {
  readonly name: string
  readonly fromMs: number
  readonly rows: number
  readonly minMs: number
  readonly maxMs: number
  readonly maxEndMs: number
  /** Charges that pass 64 bits. */
  readonly wide: number
}

async function daysOf(connection: DuckDBConnection): Promise<Day[]> {
  const columns: bigint[][] = [[], [], [], [], [], []]
  const query = `select floor(start_ms / 86400000)::bigint as day, count(*), min(start_ms), max(start_ms),
    max(coalesce(end_ms, start_ms)), count(wide) from charges group by day order by day`
  await readInto(connection, query, columns)
  return (columns[0] as bigint[]).map((day, at) => {
    const [rows, minMs, maxMs, maxEndMs, wide] = columns.slice(1).map((column) => Number(column[at])) as [
      number,
      number,
      number,
      number,
      number,
    ]
    const fromMs = Number(day) * 86_400_000
    return { name: new Date(fromMs).toISOString().slice(0, 10), fromMs, rows, minMs, maxMs, maxEndMs, wide }
  })
}

async function countRows(connection: DuckDBConnection, source: string): Promise<number> {
  const columns: bigint[][] = [[]]
  await readInto(connection, `select count(*) from ${source}`, columns)
  return Number(columns[0]?.[0])
}

/** Writes a query's rows as Parquet, so that they outlast a loss of power. */
async function writeFile(
  connection: DuckDBConnection,
  root: string,
  path: string,
  query: string,
): Promise<{ bytes: number; sha256: Buffer }> {
  const full = join(root, path)
  await mkdir(dirname(full), { recursive: true })
  const options = 'format parquet, parquet_version v2, compression zstd, compression_level 6'
  await connection.run(`copy (${query}) to ${quoted(full)} (${options})`)
  for (const each of [full, dirname(full), join(dirname(full), '..')]) await sync(each)
  return { bytes: (await stat(full)).size, sha256: await digestOf(full) }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync()
  await handle.close()
}

/** Bytes that came from another thread are a bare array. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
