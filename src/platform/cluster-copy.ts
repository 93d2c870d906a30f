import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { copyDurably } from './copy-durably.ts'

/** What Postgres makes anew, or what only its running processes need: their folders are copied, not what is in them. */
const EMPTY_FOLDERS = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
])
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|backup_label(\.old)?|tablespace_map(\.old)?|standby\.signal|recovery\.signal|pg_internal\.init.*|pgsql_tmp.*)$/
/** Copied last: it says where recovery begins. */
const CONTROL = 'global/pg_control'
/** A segment of the write-ahead log, and a note of a promotion. */
const WAL_SEGMENT = /^[0-9A-F]{24}$/
const WAL_HISTORY = /^[0-9A-F]{8}\.history$/

/**
 * A copy of the files of a Postgres that is at work, by the procedure that its manual calls a base backup with the
 * low-level API. What was written while the files were read is put right by the write-ahead log, which is copied behind
 * it: so the copy has everything that was committed before `copyLog` was called for the last time.
 */
export class ClusterCopy {
  private readonly client: pg.Client
  private readonly from: string
  private readonly to: string
  /** Name of the first segment of the write-ahead log that the copy needs. */
  private firstWal = ''
  private readonly onCopied: (bytes: number) => void

  /**
   * @param client a connection of its own, of a superuser: the backup ends with it.
   * @param onCopied is called for every file; what it throws ends the copying
   */
  constructor(client: pg.Client, from: string, to: string, onCopied: (bytes: number) => void = () => undefined) {
    this.onCopied = onCopied
    this.client = client
    this.from = from
    this.to = to
  }

  /** Copies all files but the write-ahead log. @returns bytes. */
  async copyFiles(): Promise<number> {
    // Nothing of the log is removed as long as this connection has its place in it.
    await this.client.query("select pg_create_physical_replication_slot('kvit_' || pg_backend_pid(), true, true)")
    const { rows } = await this.client.query<{ name: string }>(
      "select pg_walfile_name(pg_backup_start('kvit', true)) as name",
    )
    this.firstWal = rows[0]?.name ?? ''
    const tablespaces = await readdir(join(this.from, 'pg_tblspc'))
    if (tablespaces.length > 0) throw new Error('tables of this Postgres are in tablespaces outside of its folder')
    await mkdir(this.to, { recursive: true, mode: 0o700 })
    let bytes = await this.copyFolder('')
    bytes += await this.copyOne(CONTROL)
    const stopped = await this.client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
    await writeFile(join(this.to, 'backup_label'), stopped.rows[0]?.labelfile ?? '', { mode: 0o600, flush: true })
    return bytes
  }

  /**
   * Copies the write-ahead log from where the copy needs it up to now, once more what had come before. Everything that was
   * committed before the call is then in the copy. @returns bytes.
   */
  async copyLog(): Promise<number> {
    const { rows } = await this.client.query<{ name: string }>(
      'select pg_walfile_name(pg_current_wal_flush_lsn()) as name',
    )
    const last = rows[0]?.name ?? ''
    let bytes = 0
    for (const name of (await readdir(join(this.from, 'pg_wal'))).sort())
      if (WAL_HISTORY.test(name) || (WAL_SEGMENT.test(name) && name >= this.firstWal && name <= last))
        bytes += await this.copyOne(`pg_wal/${name}`)
    // What is in older segments is complete.
    this.firstWal = last
    return bytes
  }

  /** Bytes of all files but the write-ahead log, about: they change meanwhile. */
  async sizeBytes(path = ''): Promise<number> {
    let bytes = 0
    for (const entry of await readdir(join(this.from, path), { withFileTypes: true }).catch(emptyWhenGone)) {
      const name = path === '' ? entry.name : `${path}/${entry.name}`
      if (entry.isDirectory()) bytes += EMPTY_FOLDERS.has(name) ? 0 : await this.sizeBytes(name)
      else bytes += (await stat(join(this.from, name)).catch(() => ({ size: 0 }))).size
    }
    return bytes
  }

  private async copyFolder(path: string): Promise<number> {
    let bytes = 0
    for (const entry of await readdir(join(this.from, path), { withFileTypes: true }).catch(emptyWhenGone)) {
      const name = path === '' ? entry.name : `${path}/${entry.name}`
      if (LEFT_OUT.test(entry.name) || name === CONTROL) continue
      if (entry.isDirectory()) {
        await mkdir(join(this.to, name), { mode: 0o700 })
        if (!EMPTY_FOLDERS.has(name)) bytes += await this.copyFolder(name)
      } else if (entry.isFile()) bytes += await this.copyOne(name)
    }
    return bytes
  }

  /** A file that is gone meanwhile was dropped by a transaction, which the log has. */
  private async copyOne(name: string): Promise<number> {
    try {
      const bytes = await copyDurably(join(this.from, name), join(this.to, name))
      this.onCopied(bytes)
      return bytes
    } catch (error) {
      return emptyWhenGone(error).length
    }
  }
}

function emptyWhenGone(error: unknown): never[] {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
  throw error
}
