import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib'
import type { DeckRow, DeckVersion } from '../../core/catalog/rate-deck.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'

/** The longest list of rows that is unpacked: far beyond what a version may have. */
const MAX_CONTENT_BYTES = 1024 * 1024 * 1024
const decompress = promisify(zstdDecompress)

export interface StoredDeckVersion extends DeckVersion {
  readonly id: string
  readonly rowCount: number
  readonly digest: Buffer
  readonly fileName: string
  readonly importedAt: Date
}

const COLUMNS = [
  'id',
  'code',
  'version',
  'name',
  'effectiveFrom',
  'settings',
  'rowCount',
  'digest',
  'fileName',
  'importedAt',
] as const

/** All versions of one deck, or of all, in the order of import. */
export async function listDeckVersions(db: Database, code?: string): Promise<StoredDeckVersion[]> {
  let query = db.selectFrom('rateDeckVersion').select(COLUMNS).orderBy('code').orderBy('version')
  if (code !== undefined) query = query.where('code', '=', code)
  const rows = await query.execute()
  return rows.map(({ settings, ...row }) => ({ ...row, ...(settings as object) }) as StoredDeckVersion)
}

/** The rows of a version as they are stored: JSON, packed. */
export interface DeckContent {
  readonly packed: Uint8Array
  /** SHA-256 of the JSON. */
  readonly digest: Uint8Array
  readonly rowCount: number
}

/** For a thread: a million rows take seconds. */
export function packRows(rows: readonly DeckRow[]): DeckContent {
  const text = JSON.stringify(rows)
  const packed = new Uint8Array(zstdCompressSync(text))
  return { packed, digest: createHash('sha256').update(text).digest(), rowCount: rows.length }
}

/** For a thread. */
export function unpackRows(packed: Uint8Array): DeckRow[] {
  return JSON.parse(zstdDecompressSync(packed, { maxOutputLength: MAX_CONTENT_BYTES }).toString('utf8')) as DeckRow[]
}

export async function loadDeckContent(db: Database, id: string): Promise<Buffer> {
  const { content } = (await db
    .selectFrom('rateDeckVersion')
    .select('content')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()) as { content: Buffer }
  return content
}

/** The rows of a version as JSON. */
export async function unpackContent(db: Database, id: string): Promise<Buffer> {
  return decompress(await loadDeckContent(db, id), { maxOutputLength: MAX_CONTENT_BYTES })
}

export async function loadDeckRows(db: Database, id: string): Promise<DeckRow[]> {
  return JSON.parse((await unpackContent(db, id)).toString('utf8')) as DeckRow[]
}

/** Where one row ends and the next one begins. In a text within a row, each quotation mark has a backslash before it. */
const BETWEEN_ROWS = '},{"prefix":'
const PIECE_BYTES = 64 * 1024

/** The rows of a JSON text, of which a piece at a time is parsed. */
export function* rowsInPieces(json: Buffer): Generator<DeckRow> {
  let from = 1
  while (from < json.length - 1) {
    const between = json.indexOf(BETWEEN_ROWS, from + PIECE_BYTES)
    const end = between < 0 ? json.length - 1 : between + 1
    yield* JSON.parse(`[${json.toString('utf8', from, end)}]`) as DeckRow[]
    from = end + 1
  }
}

export async function insertDeckVersion(
  db: Database,
  { code, version, name, effectiveFrom, zone, numbers, columns }: DeckVersion,
  { packed, digest, rowCount }: DeckContent,
  fileName: string,
  importedAt: Date,
): Promise<string> {
  const id = newId()
  const row = {
    id,
    code,
    version,
    name,
    effectiveFrom,
    settings: JSON.stringify({ zone, numbers, columns }),
    rowCount,
    content: Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength),
    digest: Buffer.from(digest),
    fileName,
    importedAt,
  }
  await db.insertInto('rateDeckVersion').values(row).execute()
  return id
}
