import { merkleRoot } from '../../core/proof/merkle.ts'
import { anchorsPayload } from '../../core/proof/statements.ts'
import type { Engine } from '../../engine/index.ts'
import { systemClock } from '../../platform/clock.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { KeyedMutex } from '../../platform/keyed-mutex.ts'
import type { Tenant } from '../../platform/tenant.ts'
import type { Notary } from '../module.ts'
import { ANCHOR_JOB } from './anchor-job.ts'
import { Seals } from './seals.ts'
import { type StatedAnchor, sha256 } from './state-documents.ts'
import * as store from './store.ts'

/** Documents of one segment: the journal is read once for all of them. */
const BATCH = 1_000

interface Unsealed {
  readonly tenant: Tenant
  /** Whether kinds of rows are looked through whole whose rows requests note when they change. */
  readonly isFull: boolean
}

interface Sealing {
  readonly work: Promise<void>
  /** Somebody waits for it: no more pauses. */
  readonly hurry: AbortController
}

type StateAnchors = (tenant: Tenant, invoiceIds: readonly string[]) => Promise<StatedAnchor[]>

/**
 * Puts documents into the journal after they were issued, and seals the rows that money depends on, in the background. What is not anchored is found by its
 * missing row, by whichever process does the job.
 */
export class Anchors implements Notary {
  private readonly db: Database
  private readonly engine: Engine
  private readonly state: StateAnchors
  private readonly onFault: (error: unknown) => void
  private readonly turns = new KeyedMutex()
  private readonly seals: Seals
  /** Tenants that have rows to seal: all of theirs, or those that requests have written since the last time. */
  private readonly unsealed = new Map<string, Unsealed>()
  /** Of tenants whose rows are being sealed, one at a time of each. */
  private readonly sealing = new Map<string, Sealing>()
  private readonly closing = new AbortController()

  /** @param state reads the documents and their charges, on a thread of its own */
  constructor(db: Database, engine: Engine, state: StateAnchors, onFault: (error: unknown) => void) {
    this.db = db
    this.engine = engine
    this.state = state
    this.onFault = onFault
    this.seals = new Seals(db, engine)
  }

  async ask(db: Database, nowMs: number): Promise<void> {
    await askForJob(db, ANCHOR_JOB, nowMs)
  }

  /** Those of a tenant take turns. */
  async anchorDocuments(tenant: Tenant, isStopped: () => boolean = () => false): Promise<boolean> {
    return this.turns.take(`documents of ${tenant.name}`, async () => {
      while (!this.closing.signal.aborted && !isStopped()) if ((await this.anchorBatch(tenant)) < BATCH) return true
      return false
    })
  }

  beginSealing(tenant: Tenant): void {
    this.note(tenant, true)
    this.sealWritten()
  }

  noteWritten(tenant: Tenant): void {
    this.note(tenant, false)
  }

  private note(tenant: Tenant, isFull: boolean): void {
    const before = this.unsealed.get(tenant.name)
    this.unsealed.set(tenant.name, { tenant, isFull: isFull || before?.isFull === true })
  }

  sealWritten(): void {
    for (const [name, { tenant, isFull }] of this.unsealed) {
      if (this.sealing.has(name) || this.closing.signal.aborted) continue
      this.unsealed.delete(name)
      const hurry = new AbortController()
      const pace = { closing: this.closing.signal, hurry: hurry.signal }
      const work = this.turns
        .take(name, async () => this.seals.catchUp(tenant, isFull, pace))
        .catch((error: unknown) => {
          this.note(tenant, isFull)
          this.onFault(error)
        })
        .finally(() => this.sealing.delete(name))
      this.sealing.set(name, { work, hurry })
    }
  }

  /** Anchors all documents that were issued before, and seals all rows: a check or a proof waits for it. */
  async catchUp(tenant: Tenant): Promise<void> {
    await this.anchorDocuments(tenant)
    this.sealing.get(tenant.name)?.hurry.abort()
    const pace = { closing: this.closing.signal, hurry: AbortSignal.abort() }
    await this.turns.take(tenant.name, async () => this.seals.catchUp(tenant, true, pace))
  }

  /** @returns how many documents were anchored. */
  private async anchorBatch(tenant: Tenant): Promise<number> {
    const db = inSchema(this.db, tenant.schema)
    const memory = await this.engine.memoryOf(tenant.name)
    const invoices = await store.listUnanchored(db, BATCH)
    if (invoices.length === 0) return 0
    const documents = await this.state(
      tenant,
      invoices.map(({ id }) => id),
    )
    const root = merkleRoot(
      sha256,
      documents.map(({ anchor }) => anchor),
    )
    const payload = Buffer.from(anchorsPayload(documents.length, root.toHex()))
    await this.engine.anchor(tenant.name, memory, payload, async (trx, _outcome, seq) => {
      const rows = documents.map(({ invoiceId, documentDigest, chargesRoot, anchor }, place) => ({
        invoiceId,
        documentDigest: Buffer.from(documentDigest),
        chargesRoot: Buffer.from(chargesRoot),
        anchor: Buffer.from(anchor),
        seq: BigInt(seq),
        place,
        anchoredAt: new Date(systemClock.nowMs()),
      }))
      await store.insertAnchors(inSchema(trx, tenant.schema), rows)
    })
    return documents.length
  }

  async close(): Promise<void> {
    this.closing.abort()
    await Promise.all([...this.sealing.values()].map(async ({ work }) => work))
  }
}
