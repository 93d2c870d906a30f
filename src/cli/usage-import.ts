import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { ApiError, type Client, type Json } from './client.ts'
import { Progress } from './output.ts'
import { findUsageFiles, type UsageFile } from './usage-files.ts'

/** Bytes read at a time; a chunk ends at the last whole row in it. */
const CHUNK_BYTES = 2 * 1024 * 1024
/** A row longer than this is no row. */
const MAX_ROW_BYTES = 8 * 1024 * 1024

export interface ImportReport extends Json {
  readonly id: string
  readonly status: string
  readonly delivery: number
  readonly rows: string
  readonly received: string
  readonly charged: string
  readonly suspended: string
  readonly duplicates: string
}

/** YAML in which every scalar that looks like a number keeps its text. */
export async function readMapping(file: string): Promise<unknown> {
  const { parseDocument } = await import('yaml')
  const document = parseDocument(await readFile(file, 'utf8'), { schema: 'failsafe' })
  if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0]?.message}`)
  return withBooleans(document.toJS())
}

function withBooleans(value: unknown): unknown {
  if (value === 'true') return true
  if (value === 'false') return false
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withBooleans(part)]))
  }
  return value
}

/** A file that is ready to be delivered: it was read once, to know its size and what it is known by. */
export interface ReadyFile {
  readonly file: UsageFile
  /** Of the unfolded text. */
  readonly sizeBytes: number
  readonly fingerprint: string
}

/** Reads a file through. What is packed has the fingerprint of its text: a delivery goes on also when it was packed since. */
export async function readyFile(file: UsageFile, mapping: unknown): Promise<ReadyFile> {
  const hash = createHash('sha256').update(JSON.stringify(mapping))
  let sizeBytes = 0
  for await (const bytes of file.read(0)) {
    hash.update(bytes)
    sizeBytes += bytes.length
  }
  return { file, sizeBytes, fingerprint: hash.digest('hex') }
}

/** Delivers a file of any size, as `deliverFile` does. */
export async function importUsageFile(client: Client, path: string, mapping: unknown): Promise<ImportReport> {
  const [file, another] = await findUsageFiles([path])
  if (file === undefined || another !== undefined) throw new Error(`${path} is not one file`)
  const ready = await readyFile(file, mapping)
  const progress = new Progress(file.name, ready.sizeBytes)
  try {
    return await deliverFile(client, ready, mapping, (offset) => progress.update(offset))
  } finally {
    progress.end()
  }
}

/** Delivers a file chunk by chunk, from where an earlier delivery of it was cut off; `onMoved` is told how far it is, in bytes. */
export async function deliverFile(
  client: Client,
  { file, sizeBytes, fingerprint }: ReadyFile,
  mapping: unknown,
  onMoved: (offset: number) => void,
): Promise<ImportReport> {
  const start = { name: file.name, fingerprint, sizeBytes, mapping }
  const { id, nextOffset } = await client.post<ImportReport & { nextOffset: string }>('/v1/usage-imports', start)
  let offset = Number(nextOffset)
  for (;;) {
    for await (const chunk of wholeRows(client, id, file, offset)) {
      const end = offset + chunk.length
      const report = await sendChunk(client, id, offset, end >= sizeBytes, chunk)
      offset = typeof report === 'number' ? report : end
      onMoved(offset)
      if (typeof report === 'number') break
      if (report.status === 'complete') return report
      if (end >= sizeBytes) throw new Error(`${file.place} changed while it was delivered; give the command again`)
    }
  }
}

/** @returns the report so far, or the offset to go on from when another sender, or an answer that got lost, moved it. */
async function sendChunk(
  client: Client,
  id: string,
  offset: number,
  isLast: boolean,
  chunk: Buffer,
): Promise<ImportReport | number> {
  try {
    return await client.postRaw<ImportReport>(
      `/v1/usage-imports/${id}/chunks?offset=${offset}&last=${isLast}`,
      chunk,
      'text/csv',
    )
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem['code'] !== 'offset_mismatch') throw error
    if (error.problem['status'] === 'refused') throw new FileRefused(error.message)
    if (
      error.problem['status'] === 'complete' ||
      (await client.get<ImportReport>(`/v1/usage-imports/${id}`)).status === 'complete'
    ) {
      return client.get<ImportReport>(`/v1/usage-imports/${id}`)
    }
    return Number(error.problem['nextOffset'])
  }
}

/** The text from `offset` on in chunks that end at the end of a row: a line end outside quotes. An empty text is one empty chunk. */
async function* wholeRows(client: Client, id: string, file: UsageFile, offset: number): AsyncGenerator<Buffer> {
  let parts: Buffer[] = []
  let [length, wanted, at] = [0, CHUNK_BYTES, offset]
  for await (const bytes of file.read(offset)) {
    parts.push(bytes)
    length += bytes.length
    if (length < wanted) continue
    const joined = Buffer.concat(parts)
    const end = lastRowEnd(joined)
    if (end > 0) yield joined.subarray(0, end)
    else if (length > MAX_ROW_BYTES) {
      const reason = `a row at byte ${at} is longer than ${MAX_ROW_BYTES} bytes; is a quote missing?`
      await client.post(`/v1/usage-imports/${id}/refusal`, { reason })
      throw new FileRefused(reason)
    }
    at += end
    wanted = end > 0 ? CHUNK_BYTES : length * 2
    parts = [joined.subarray(end)]
    length -= end
  }
  if (length > 0 || at === offset) yield Buffer.concat(parts)
}

/** A file that is not delivered, and will not be as it is. */
export class FileRefused extends Error {}

function lastRowEnd(bytes: Buffer): number {
  if (!bytes.includes(34)) return bytes.lastIndexOf(10) + 1
  let [quoted, end] = [false, 0]
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 34) quoted = !quoted
    else if (bytes[at] === 10 && !quoted) end = at + 1
  }
  return end
}
