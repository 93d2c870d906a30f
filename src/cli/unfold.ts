import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Entry, ZipFile } from 'yauzl'

/** What a file of usage may unfold to. Nothing of it is kept, so it is time that this bounds: a small file can unfold for days. */
const MAX_UNFOLDED_BYTES = 256 * 1024 ** 3
const MAX_ENTRIES = 10_000

/** How the bytes of a file are packed, by how it begins; its name may say anything. */
export type Packing = 'plain' | 'gzip' | 'zip'

const BEGINNINGS: readonly (readonly [Packing, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  // A ZIP without any entry.
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
]

export async function packingOf(path: string): Promise<Packing> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    const begins = (beginning: readonly number[]): boolean =>
      bytesRead >= beginning.length && beginning.every((byte, at) => buffer[at] === byte)
    return BEGINNINGS.find(([, beginning]) => begins(beginning))?.[0] ?? 'plain'
  } finally {
    await handle.close()
  }
}

/** The bytes of a plain file from `offset` on. */
export async function* readPlain(path: string, offset: number): AsyncGenerator<Buffer> {
  for await (const bytes of createReadStream(path, { start: offset })) yield bytes as Buffer
}

/** What a gzip file unfolds to, from `offset` of the unfolded bytes on. Several members behind each other are one text. */
export async function* readGzip(
  path: string,
  offset: number,
  mostBytes: number = MAX_UNFOLDED_BYTES,
): AsyncGenerator<Buffer> {
  const file = createReadStream(path)
  const unfolded = createGunzip()
  file.on('error', (error) => unfolded.destroy(error))
  file.pipe(unfolded)
  try {
    yield* fromOffset(path, unfolded, offset, mostBytes)
  } finally {
    file.destroy()
    unfolded.destroy()
  }
}

async function* fromOffset(name: string, unfolded: Readable, offset: number, most: number): AsyncGenerator<Buffer> {
  let at = 0
  try {
    for await (const piece of unfolded) {
      const bytes = piece as Buffer
      const from = Math.max(offset - at, 0)
      at += bytes.length
      if (at > most) throw new Error(`it unfolds to more than ${most} bytes`)
      if (from < bytes.length) yield from === 0 ? bytes : bytes.subarray(from)
    }
  } catch (error) {
    throw new Error(`${name} cannot be unfolded: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function openZip(path: string): Promise<ZipFile> {
  const { openPromise } = await loadZip()
  try {
    return await openPromise(path)
  } catch (error) {
    throw new Error(`${path} is no ZIP that can be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Loaded where a ZIP is given: other calls need none of it. */
async function loadZip(): Promise<{ openPromise: (path: string) => Promise<ZipFile> }> {
  const yauzl = (await import('yauzl')).default
  const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true }
  return {
    openPromise: (path) =>
      new Promise((resolve, reject) =>
        yauzl.open(path, options, (error, zip) => (error === null ? resolve(zip) : reject(error))),
      ),
  }
}

/** The names of the files in a ZIP, as it has them; folders are none. */
export async function listZip(path: string): Promise<string[]> {
  const names: string[] = []
  for await (const entry of entriesOf(path)) {
    const { fileName } = entry
    if (fileName.endsWith('/')) continue
    if (entry.isEncrypted()) throw new Error(`${path}: ${fileName} is encrypted; unpack it first`)
    names.push(fileName)
    if (names.length > MAX_ENTRIES) throw new Error(`${path} has more than ${MAX_ENTRIES} files`)
  }
  return names
}

async function* entriesOf(path: string, zip?: ZipFile): AsyncGenerator<Entry> {
  const opened = zip ?? (await openZip(path))
  try {
    for (;;) {
      const given = Promise.race([once(opened, 'entry'), once(opened, 'end')])
      opened.readEntry()
      const [entry] = (await given) as [Entry?]
      if (entry === undefined) return
      yield entry
    }
  } catch (error) {
    throw new Error(`${path} is no ZIP that can be read: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    if (zip === undefined) opened.close()
  }
}

/** What a file in a ZIP unfolds to, from `offset` on. */
export async function* readZipped(path: string, name: string, offset: number): AsyncGenerator<Buffer> {
  const zip = await openZip(path)
  try {
    for await (const entry of entriesOf(path, zip)) {
      if (entry.fileName !== name) continue
      const unfolded = await new Promise<Readable>((resolve, reject) =>
        zip.openReadStream(entry, (error, stream) => (error === null ? resolve(stream) : reject(error))),
      )
      yield* fromOffset(`${path}: ${name}`, unfolded, offset, MAX_UNFOLDED_BYTES)
      return
    }
    throw new Error(`${path} has no ${name} any more`)
  } finally {
    zip.close()
  }
}
