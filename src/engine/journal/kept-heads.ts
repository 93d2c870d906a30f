import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { StartMistake } from '../../platform/start-mistake.ts'
import type { Head } from './journal-store.ts'

const keptSchema = z.record(z.string(), z.strictObject({ seq: z.int().min(0), digest: z.hex().length(64) }))

/**
 * The heads of the journals, kept outside of the database that has them. A database that is an older copy of itself is
 * recognised by them at the next start: it looks whole, and would miss what was acknowledged since without a word.
 */
export class KeptHeads {
  private readonly file: string
  private written = ''

  constructor(file: string) {
    this.file = file
  }

  /** What was known when the file was written last; nothing where there is no file. */
  async read(): Promise<Map<string, Head>> {
    const text = await readFile(this.file, 'utf8').catch(() => null)
    if (text === null) return new Map()
    const kept = Object.entries(keptSchema.parse(JSON.parse(text)))
    return new Map(kept.map(([tenant, { seq, digest }]) => [tenant, { seq, digest: Buffer.from(digest, 'hex') }]))
  }

  /**
   * Compares what was kept with the journals as they are, before anything is charged.
   * @param digestOf the digest of a segment of a tenant's journal; null where it is not there
   * @throws StartMistake when something that was acknowledged is missing
   */
  async compare(
    kept: ReadonlyMap<string, Head>,
    digestOf: (tenant: string, seq: number) => Promise<Buffer | null>,
  ): Promise<void> {
    for (const [tenant, { seq, digest }] of kept) {
      if (seq === 0 || (await digestOf(tenant, seq))?.equals(digest) === true) continue
      throw new StartMistake(
        `the database went back in time: segment ${seq} of the journal of ${tenant} was acknowledged, and is not there. Bring back the newer database; to give up what is missing, remove ${this.file}`,
      )
    }
  }

  /** Replaces the file when something has changed. A reader, or a crash, finds the old one or the new one whole. */
  async write(heads: ReadonlyMap<string, Head>): Promise<void> {
    const kept = Array.from(heads, ([tenant, { seq, digest }]) => [tenant, { seq, digest: digest.toString('hex') }])
    const text = `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`
    if (text === this.written) return
    const fresh = `${this.file}.new`
    await writeFile(fresh, text, { mode: 0o600, flush: true })
    await rename(fresh, this.file)
    this.written = text
  }
}
