import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { copyDurably } from '../../platform/copy-durably.ts'
import type { Steps } from '../steps.ts'
import { type FileNote, noteOf } from './manifest.ts'

/** What a backup asks of a database. */
export interface Asked {
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
}

export interface BackedUpTenant {
  readonly name: string
  readonly schema: string
}

export async function listTenants(client: Asked): Promise<BackedUpTenant[]> {
  const { rows } = await client.query('select name, schema_name from kvit.tenant order by name')
  return rows.map((row) => ({ name: String(row['name']), schema: String(row['schema_name']) }))
}

/** The head of each tenant's journal, as it is committed now. */
export async function readHeads(
  client: Asked,
  tenants: readonly BackedUpTenant[],
): Promise<Record<string, { seq: number; digest: string }>> {
  const heads: Record<string, { seq: number; digest: string }> = {}
  for (const { name, schema } of tenants) {
    const { rows } = await client.query(
      `select head_seq, encode(head_digest, 'hex') as digest from ${pg.escapeIdentifier(schema)}.partition`,
    )
    for (const row of rows) heads[name] = { seq: Number(row['head_seq']), digest: String(row['digest']) }
  }
  return heads
}

/**
 * Copies the files of the archive that rows name, and compares each with what its row says. Files never change and are never
 * removed while a row names them, so those that are copied already stay as they are.
 */
export class ArchiveCopy {
  private readonly from: string
  private readonly to: string
  readonly files = new Map<string, FileNote>()
  private readonly steps: Steps

  constructor(from: string, to: string, steps: Steps) {
    this.steps = steps
    this.from = from
    this.to = to
  }

  /** Copies what there is by now, as a step of its own. */
  async begin(client: Asked, tenants: readonly BackedUpTenant[]): Promise<void> {
    let files = 0
    for (const { schema } of tenants) {
      const { rows } = await client.query(
        `select count(*)::int as files from ${pg.escapeIdentifier(schema)}.archive_file`,
      )
      files += Number(rows[0]?.['files'])
    }
    this.steps.begin('files of the archive', files)
    await this.catchUp(client, tenants)
  }

  /** @returns how many files were new. */
  async catchUp(client: Asked, tenants: readonly BackedUpTenant[]): Promise<number> {
    let copied = 0
    for (const { schema } of tenants) {
      const { rows } = await client.query(
        `select path, encode(sha256, 'hex') as sha256 from ${pg.escapeIdentifier(schema)}.archive_file order by path`,
      )
      for (const row of rows) {
        const path = String(row['path'])
        if (this.files.has(path)) continue
        await this.copy(path, String(row['sha256']))
        this.steps.moved()
        copied++
      }
    }
    return copied
  }

  private async copy(path: string, sha256: string): Promise<void> {
    const target = join(this.to, path)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await copyDurably(join(this.from, path), target).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      throw new Error(`the archive lacks ${path}, which the journal names: "kvit check" tells what is missing`)
    })
    const note = await noteOf(target)
    if (note.sha256 !== sha256)
      throw new Error(`${path} of the archive is not as it was written: "kvit check" tells what is wrong`)
    this.files.set(path, note)
  }
}
