import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartMistake } from './start-mistake.ts'

const NAME = 'at-work.json'

/**
 * Notes in a data directory which one it is, as long as a server is at work in it. A copy that was made meanwhile has the
 * note, and is another directory: files that were copied one after another are of different moments, so its database may
 * have lost what was acknowledged, or be broken, and would still start. A server that was killed finds its own note.
 * @returns what takes the note away, when all is closed.
 * @throws StartMistake in such a copy.
 */
export async function noteAtWork(dataDir: string): Promise<() => Promise<void>> {
  const file = join(dataDir, NAME)
  const here = await identityOf(dataDir)
  const noted = await readFile(file, 'utf8').catch(() => null)
  if (noted !== null && noted.trim() !== here)
    throw new StartMistake(
      `${dataDir} is a copy of a data directory that was at work: what was acknowledged while it was copied may be missing. ` +
        `Make copies with "kvit backup" and "kvit restore", or of a server that was stopped; to use this one as it is, remove ${file}`,
    )
  await writeFile(file, `${here}\n`, { mode: 0o600, flush: true })
  return async () => rm(file, { force: true })
}

/** Stays the same when a directory is renamed, or its disk is mounted elsewhere or restored from a snapshot of the whole. */
async function identityOf(dataDir: string): Promise<string> {
  const { ino, birthtimeNs } = await stat(dataDir, { bigint: true })
  return `${ino}/${birthtimeNs}`
}
