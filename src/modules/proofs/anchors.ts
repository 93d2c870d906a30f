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

type StateAnchors = (tenant: Tenant, invoiceIds: readonly string[]) => Promise<StatedAnchor[]>

/**
 * Puts documents into the journal after they were issued, and seals the rows that money stands on, in the background. What is not anchored is found by its
 * missing row, by whichever process does the job.
 */
export class Anchors implements Notary {
  private readonly db: Database
  private readonly engine: Engine
  private readonly state: StateAnchors
  private readonly onFault: (error: unknown) => void
  private readonly turns = new KeyedMutex()
  private readonly running = new Set<Promise<void>>()
  private readonly seals: Seals
  /** Tenants whose rows requests have written since they were last sealed. */
  private readonly written = new Map<string, Tenant>()
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
    const work = this.sealAll(tenant, true)
      .catch(this.onFault)
      .finally(() => this.running.delete(work))
    this.running.add(work)
  }

  /** Anchors all documents that were issued before, and seals all rows. */
  async catchUp(tenant: Tenant): Promise<void> {
    await this.anchorDocuments(tenant)
    await this.sealAll(tenant, false)
  }

  /** @param rests where nobody waits for it */
  private async sealAll(tenant: Tenant, rests: boolean): Promise<void> {
    await this.turns.take(tenant.name, async () => this.seals.catchUp(tenant, true, this.closing.signal, rests))
  }

  /** Remembers that a request has written rows: they are sealed with those of the next moments. */
  noteWritten(tenant: Tenant): void {
    this.written.set(tenant.name, tenant)
  }

  /**
   * Seals what requests have written since the last time.
   * @param closing - the server stops: what is not sealed yet is sealed behind its next start
   */
  async sealWritten(closing: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([closing, this.closing.signal])
    const tenants = [...this.written.values()]
    this.written.clear()
    for (const tenant of tenants)
      await this.turns
        .take(tenant.name, async () => this.seals.catchUp(tenant, false, signal, true))
        .catch((error: unknown) => {
          this.noteWritten(tenant)
          this.onFault(error)
        })
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
    await Promise.all(this.running)
  }
}
