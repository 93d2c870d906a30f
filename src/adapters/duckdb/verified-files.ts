import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArchiveFile } from '../../engine/ports.ts'
import { digestOf } from './file-digest.ts'

/** A file, and the SHA-256 that it had when it was compared with its segments. */
type FileToRead = Pick<ArchiveFile, 'path' | 'sha256'>

/**
 * Files are read as they were written, or not at all: each is hashed before it is read for the first time, and again once
 * it is another file, or was written to since. So no byte that somebody changed comes into a bill or an explanation.
 */
export class VerifiedFiles {
  private readonly root: string
  /** What a file was when its hash was right. */
  private readonly stamps = new Map<string, string>()

  constructor(root: string) {
    this.root = root
  }

  /** @throws when a file is gone or was changed. */
  async pathsOf(files: readonly FileToRead[]): Promise<string[]> {
    for (const { path, sha256 } of files) {
      const full = join(this.root, path)
      const { ino, size, mtimeNs, ctimeNs } = await stat(full, { bigint: true })
      const stamp = [ino, size, mtimeNs, ctimeNs].join(' ')
      if (this.stamps.get(path) === stamp) continue
      if (!(await digestOf(full)).equals(sha256))
        throw new Error(`the archive: ${path} was changed since it was written; put it back from a backup`)
      this.stamps.set(path, stamp)
    }
    return files.map(({ path }) => path)
  }
}
