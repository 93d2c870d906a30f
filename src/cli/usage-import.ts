import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { ApiError, type Client, type Json } from './client.ts'
import { Progress } from './output.ts'

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

/** Delivers a file of any size, chunk by chunk, from where an earlier delivery of it was cut off. */
export async function importUsageFile(client: Client, file: string, mapping: unknown): Promise<ImportReport> {
  const { size } = await stat(file)
  const started = await client.post<ImportReport & { nextOffset: string }>('/v1/usage-imports', {
    name: basename(file),
    fingerprint: await fingerprintOf(file, mapping),
    sizeBytes: size,
    mapping,
  })
  const handle = await open(file)
  const progress = new Progress(basename(file), size)
  try {
    let offset = Number(started.nextOffset)
    for (;;) {
      const chunk = await readWholeRows(handle, offset, size)
      const isLast = offset + chunk.length >= size
      const report = await sendChunk(client, started.id, offset, isLast, chunk)
      if (typeof report === 'number') {
        offset = report
        continue
      }
      offset += chunk.length
      progress.update(offset)
      if (report.status === 'complete') return report
    }
  } finally {
    progress.end()
    await handle.close()
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
    if (
      error.problem['status'] === 'complete' ||
      (await client.get<ImportReport>(`/v1/usage-imports/${id}`)).status === 'complete'
    ) {
      return client.get<ImportReport>(`/v1/usage-imports/${id}`)
    }
    return Number(error.problem['nextOffset'])
  }
}

async function fingerprintOf(file: string, mapping: unknown): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(mapping))
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer)
  return hash.digest('hex')
}

/** Bytes from `offset` to the end of a row: a line end outside quotes. */
async function readWholeRows(handle: Awaited<ReturnType<typeof open>>, offset: number, size: number): Promise<Buffer> {
  for (let length = CHUNK_BYTES; ; length *= 2) {
    const buffer = Buffer.allocUnsafe(Math.min(length, size - offset))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset)
    const bytes = buffer.subarray(0, bytesRead)
    if (offset + bytesRead >= size) return bytes
    const end = lastRowEnd(bytes)
    if (end > 0) return bytes.subarray(0, end)
    if (length > MAX_ROW_BYTES)
      throw new Error(`a row at byte ${offset} is longer than ${MAX_ROW_BYTES} bytes; is a quote missing?`)
  }
}

function lastRowEnd(bytes: Buffer): number {
  if (!bytes.includes(34)) return bytes.lastIndexOf(10) + 1
  let [quoted, end] = [false, 0]
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 34) quoted = !quoted
    else if (bytes[at] === 10 && !quoted) end = at + 1
  }
  return end
}
