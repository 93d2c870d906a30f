import type { BalanceRow } from '../../src/engine/journal/checkpoint-rows.ts'
import type { NewSegment } from '../../src/engine/journal/journal-store.ts'
import { FIRST_DIGEST } from '../../src/engine/journal/segment.ts'
import type { CounterRow, SegmentRow } from '../../src/engine/journal/stored-rows.ts'

/** Names of rows that commit hooks write, by table. */
export type Table = 'suspense' | 'operation' | 'expiry' | 'definition'

/** What is on the disk: bytes and texts, never objects that memory could share. */
export class SimulatedDisk {
  partition: {
    epoch: bigint
    owner: string | null
    leaseUntilMs: number | null
    headSeq: number
    headDigest: string
    checkpointSeq: number
    hashSeed: string
  } | null = null
  readonly segments: { row: Omit<SegmentRow, 'payload'>; payload: Buffer; identities: Buffer }[] = []
  readonly counters = new Map<string, string>()
  readonly balances = new Map<string, { content: string; asOfSeq: number }>()
  readonly sessions = new Map<string, string>()
  readonly tables: Readonly<Record<Table, Map<string, string>>> = {
    suspense: new Map(),
    operation: new Map(),
    expiry: new Map(),
    definition: new Map(),
  }
  private locked: Promise<void> = Promise.resolve()

  create(hashSeed: Buffer): void {
    this.partition ??= {
      epoch: 0n,
      owner: null,
      leaseUntilMs: null,
      headSeq: 0,
      headDigest: FIRST_DIGEST.toString('hex'),
      checkpointSeq: 0,
      hashSeed: hashSeed.toString('hex'),
    }
  }

  /** The lock on the partition's row. @returns what gives it back. */
  async lock(): Promise<() => void> {
    const before = this.locked
    let release = (): void => undefined
    this.locked = new Promise((resolve) => {
      release = resolve
    })
    await before
    return release
  }

  append(segment: NewSegment, staged: Staging): void {
    const { payload, identities, ...row } = segment
    this.segments.push({ row, payload: Buffer.from(payload), identities: Buffer.from(identities) })
    const { partition } = this
    if (partition === null) throw new Error('no partition')
    partition.headSeq = segment.seq
    partition.headDigest = segment.digest.toString('hex')
    staged.apply()
  }

  putCounter(row: CounterRow): void {
    const { subscriptionId, planVersionId, priceCode, cell, periodStart } = row
    const name = [subscriptionId, planVersionId, priceCode, cell, periodStart].join(' ')
    const plain = { ...row, measures: row.measures.map(String), amount: String(row.amount) }
    this.counters.set(name, JSON.stringify(plain))
  }

  /** As Postgres keeps JSON: parsed, its keys in an order of its own. */
  putBalance({ accountId, content, asOfSeq }: BalanceRow): void {
    this.balances.set(accountId, { content: JSON.stringify(asStored(JSON.parse(content))), asOfSeq })
  }
}

function asStored(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(asStored)
  const entries = Object.entries(value).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, part]) => [key, asStored(part)]))
}

/** What a transaction has written and not yet committed. Names are unique, as constraints make them. */
export class Staging {
  private readonly disk: SimulatedDisk
  private readonly writes: { table: Table; name: string; content: string }[] = []

  constructor(disk: SimulatedDisk) {
    this.disk = disk
  }

  insert(table: Table, name: string, content: string): void {
    const isTaken = this.disk.tables[table].has(name) || this.writes.some((write) => write.name === name)
    if (isTaken) throw new InjectedFault(`${table} ${name} is there already`)
    this.writes.push({ table, name, content })
  }

  apply(): void {
    for (const { table, name, content } of this.writes) this.disk.tables[table].set(name, content)
  }
}

/** A fault that the simulation means: whatever else fails is a finding. */
export class InjectedFault extends Error {}
