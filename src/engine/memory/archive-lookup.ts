import { Hash128 } from '../../core/base/hash.ts'
import { textAt, valueAt } from '../../core/mediation/text-column.ts'
import { hashUsageRecord, type UsageBatch } from '../../core/mediation/usage-batch.ts'
import { toCorrectionName } from '../journal/change.ts'
import type { Archive, ArchiveFile, RecordName } from '../ports.ts'
import { IdentityIndex } from './identity-index.ts'
import type { PartitionState } from './partition-state.ts'
import type { Recalled } from './recalled.ts'

const DAY_MS = 86_400_000

/**
 * Looks up those records of a batch in the archive whose time lies in days that it has. Memory knows the others.
 * A report of a session is archived under the time of the report before it, and ends at its own: `isOnline` looks there too.
 */
export async function recallArchived(
  archive: Archive,
  state: PartitionState,
  batch: UsageBatch,
  isOnline: boolean,
): Promise<Recalled> {
  const { files, throughSeq } = state.archived
  const nothing = { throughSeq, identities: null }
  if (files.length === 0) return nothing
  const days = new Set<number>()
  for (const startMs of batch.startMs) if (!Number.isNaN(startMs)) days.add(Math.floor(startMs / DAY_MS))
  const near = [...days].map((day) => filesOfDay(files, day, isOnline))
  const wantedFiles = [...new Set(near.flat())]
  if (wantedFiles.length === 0) return nothing
  const wanted = new Set([...days].filter((_, index) => (near[index] as ArchiveFile[]).length > 0))
  const rows: number[] = []
  const names: RecordName[] = []
  batch.startMs.forEach((startMs, row) => {
    if (!wanted.has(Math.floor(startMs / DAY_MS))) return
    rows.push(row)
    names.push({ source: valueAt(batch.source, row), id: textAt(batch.id, row) })
  })
  const found = await archive.find(wantedFiles, names)
  if (found.length === 0) return nothing
  const [identities, hash] = [new IdentityIndex(), new Hash128(state.hashSeed)]
  const [key, body] = [new Uint32Array(4), new Uint32Array(2)]
  for (const record of found) {
    hashUsageRecord(hash, record, key, body)
    const at = (rows[record.place] as number) * 4
    const name = batch.identity.slice(at, at + 4)
    if (record.change !== null) toCorrectionName(name, 0)
    identities.put(name, 0, body, 0, record.seq)
  }
  return { throughSeq, identities }
}

/** Files that may have a record whose own time lies in a UTC day. */
function filesOfDay(files: readonly ArchiveFile[], day: number, isOnline: boolean): ArchiveFile[] {
  const [dayFromMs, dayUntilMs] = [day * DAY_MS, (day + 1) * DAY_MS]
  return files.filter(({ kind, minMs, maxMs, maxEndMs }) => {
    if (kind !== 'charges' || minMs === null || maxMs === null) return false
    const fromMs = isOnline ? minMs - DAY_MS : minMs
    const untilMs = isOnline ? (maxEndMs ?? maxMs) : maxMs
    return fromMs < dayUntilMs && untilMs >= dayFromMs
  })
}
