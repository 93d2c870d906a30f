import type { BalanceReport, Engine, EngineReads, UsageCounts } from '../engine/index.ts'
import type { CheckResult } from '../platform/check.ts'
import type { Database } from '../platform/db.ts'
import type { Subscriber } from '../platform/events/event-feed.ts'
import type { EventType } from '../platform/events/event-type.ts'
import type { Route, Scope } from '../platform/http/route.ts'
import type { JobHandler } from '../platform/jobs/job.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { Retention } from '../platform/retention.ts'
import type { EncryptedColumn } from '../platform/secrets/encrypted-columns.ts'
import type { SettingsStore } from '../platform/settings/settings-store.ts'
import type { SettingsType } from '../platform/settings/settings-type.ts'
import type { ReadContext, Tenant } from '../platform/tenant.ts'

/** Puts documents, and rows that money depends on, into the journal. Implemented by the module of proofs. */
export interface Notary {
  /** Asks, in the transaction that has issued documents, for them to be put into the journal. */
  ask(db: Database, nowMs: number): Promise<void>
  /** Puts documents that are not there yet into the journal. @returns false where it was stopped before the end */
  anchorDocuments(tenant: Tenant, isStopped: () => boolean): Promise<boolean>
  /** Begins to seal all rows of a tenant; nobody waits for it. */
  beginSealing(tenant: Tenant): void
  /** Begins to seal rows that requests have written since the last time; nobody waits for it. */
  sealWritten(): void
  /** Ends what has begun, soon: what is not sealed yet is sealed after the next start. */
  close(): Promise<void>
}

/** What a process gives to all of its modules. */
export interface Parts {
  /** Connections for work that no request waits in; a request brings its own. */
  readonly db: Database
  readonly engine: Engine
  readonly metrics: Metrics
  readonly notary: Notary
  /** Settings of tenants, with their secrets. */
  readonly settings: SettingsStore
  /** The time of a tenant, by its own clock where it has one, in epoch milliseconds. */
  readonly nowMs: (tenant: Tenant) => number
  /** The same as it is now: a test clock may have been moved since the tenant was read. */
  readonly timeOf: (tenant: Tenant) => Promise<number>
  readonly listTenants: () => Promise<Tenant[]>
  /** Lets jobs that a tenant has asked for begin at once, after the commit of what asked for them. */
  readonly wakeJobs: (tenant: Tenant) => void
  /** Tells the operator what failed where nobody waits for an answer, in words that follow the error. */
  readonly onFault: (what: string) => (error: unknown) => void
}

/** What a thread for reading gives to all modules. */
export interface ReadingParts {
  readonly engine: EngineReads
  /** Puts documents of a tenant that were issued into the journal. */
  readonly anchor: (tenant: Tenant) => Promise<void>
}

/** Work that is done again and again, with a pause after each time. */
export interface RepeatedWork {
  readonly everyMs: number
  /** @param closing says when nothing more should be begun */
  readonly work: (closing: AbortSignal) => Promise<void>
}

/** Work that is done for each tenant again and again; an idle one is looked at less often (`platform/tenant-rounds.ts`). */
export interface TenantWork {
  readonly everyMs: number
  /** @param closing says when nothing more should be begun */
  readonly ofTenant: (tenant: Tenant, closing: AbortSignal) => Promise<void>
}

/** A module at work in a process. */
interface RunningModule {
  readonly routes?: readonly Route[]
  readonly repeated?: readonly (RepeatedWork | TenantWork)[]
  /** How it does what runs later, or continues until it is done. */
  readonly jobs?: readonly JobHandler[]
  /** Who follows what has happened, after it is committed. */
  readonly subscribers?: readonly Subscriber[]
  /** Takes up what an earlier process has left of a tenant; asked once, when the server listens. */
  readonly resume?: (tenant: Tenant) => Promise<void>
  /** Resolves when what is under way has ended. */
  readonly close?: () => Promise<void>
}

/**
 * Rows of a table that are about a customer. An export of a person shows them; an erasure takes away what they say of it and need not say any
 * longer. What cannot go stays for a reason that the report of the erasure gives.
 */
export interface PersonalRows {
  readonly table: string
  /** What the reports call one of them. */
  readonly kind: string
  /** The column that leads to the customer, and what it has: an id, or the key of a service. */
  readonly column: string
  readonly of: 'customer' | 'account' | 'subscription' | 'service key'
  /** Columns that name a row of the table. */
  readonly key: readonly string[]
  /** Columns that an erasure sets, to values as SQL writes them. */
  readonly erased?: Readonly<Record<string, string>>
  /** Columns that an export leaves out: bytes that have an address of their own. */
  readonly unshown?: readonly string[]
  /** As which rows the journal vouches for them, where it does for a column that is erased. */
  readonly sealedAs?: string
  /** Why the rows, or what is left of them, stay. */
  readonly kept: string
}

/** Something that waits for a person, such as records in suspense. */
export interface Attention {
  /** Stays as it is: others know it by this name. */
  readonly code: string
  /** Who may see how much of it there is. */
  readonly scope: Scope
  readonly meaning: string
  /** Counts no further than `countUpTo`, by an index or among the newest rows. */
  readonly count: (db: Database) => Promise<number>
}

/** Why most of what is known of customers stays. */
export const KEPT = {
  books: 'the books: what was billed and paid has to be provable for as long as the law of the issuer says',
  charges: 'what was charged and billed follows from it',
} as const

/** What checks compare with: the journal as it was walked through just now, and all balances as they are now. */
export interface AuditView extends ReadContext {
  readonly engine: EngineReads
  readonly totals: UsageCounts
  /** Numbers of the segments that hold a root over documents or rows. */
  readonly anchors: ReadonlySet<number>
  readonly balances: readonly BalanceReport[]
}

/**
 * A domain: a folder of its own and a line in `src/app/modules.ts`. Its routes, checks and work follow from that line.
 * `N` and `R` are what it needs of the process and of a thread for reading; what only some need has a name of its own.
 */
export interface Module<N = Parts, R = ReadingParts> {
  readonly name: string
  /** The events that it publishes. */
  readonly events?: readonly EventType[]
  /** What a tenant can set of it, with secrets. */
  readonly settings?: readonly SettingsType[]
  /** Rows of it that are kept for a while. */
  readonly retention?: Retention
  /** What it knows of customers. */
  readonly personal?: readonly PersonalRows[]
  /** What of it waits for a person. */
  readonly attention?: readonly Attention[]
  /** Its columns of secrets: they are encrypted at rest, and anew when the key is changed. */
  readonly encrypted?: readonly EncryptedColumn[]
  readonly start?: (needs: N) => RunningModule
  /** Routes that read much; they are worked on by threads of their own (`aside`). */
  readonly readingRoutes?: (needs: R) => readonly Route[]
  /** Invariants that `kvit check` recomputes. */
  readonly check?: (view: AuditView) => Promise<readonly CheckResult[]>
}
