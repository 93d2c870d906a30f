import { open } from 'node:fs/promises'

/**
 * A file that somebody named, whole. One that is far too large is not read to say so.
 * @throws an error that names the file, also where it is a folder
 */
export async function readBounded(file: string, maxBytes: number): Promise<Buffer> {
  const handle = await open(file)
  try {
    const found = await handle.stat()
    if (found.isDirectory()) throw new Error(`a file is wanted, and this is a folder: ${file}`)
    if (found.size > maxBytes)
      throw new Error(`${file}: the file has ${found.size} bytes, and at most ${maxBytes} are read`)
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}
