import { BackgroundTurns } from './background-turns.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Tenant } from './tenant.ts'

/** Tenants that one kind of work is done for at the same time: two that are slow hold up no third. */
const AT_ONCE = 3
/** A tenant is idle when nobody has used it for so long. */
const IDLE_AFTER_MS = 10_000
/** How often an idle tenant is looked at: what another process has written for it, or what falls due by itself, waits no longer. */
const IDLE_EVERY_MS = 5_000

/** When tenants were used last in this process: by a request, by an event of theirs. */
export class TenantUse {
  private readonly lastMs = new Map<string, number>()
  private readonly clock: Clock

  constructor(clock: Clock = systemClock) {
    this.clock = clock
  }

  note(tenantName: string): void {
    this.lastMs.set(tenantName, this.clock.nowMs())
  }

  isIdle(tenantName: string): boolean {
    return this.clock.nowMs() - (this.lastMs.get(tenantName) ?? 0) > IDLE_AFTER_MS
  }
}

interface Look {
  readonly atMs: number
  /** The test clock as it stood then: one that was moved makes things due. */
  readonly clockMs: number | null
}

export interface RoundParts {
  readonly listTenants: () => Promise<readonly Tenant[]>
  /** A tenant as it is now: whoever wakes it may have moved its test clock. */
  readonly current: (tenant: Tenant) => Promise<Tenant>
  readonly use: TenantUse
  readonly onFault: (tenant: string, error: unknown) => void
  readonly clock?: Clock
}

/** A tenant in which much happens is woken no more often than this. */
const WAKE_MS = 250

/**
 * One kind of work, for each tenant again and again, and at once for one that is woken. What is slow or fails with one tenant holds up no other; and most
 * tenants are idle at most times, so those are looked at less often: with 300 tenants and eight kinds of work it is 500 statements a second instead of 2,500.
 */
export class TenantRounds {
  private readonly work: (tenant: Tenant, closing: AbortSignal) => Promise<void>
  private readonly parts: RoundParts
  private readonly turns: BackgroundTurns
  private readonly clock: Clock
  private readonly looks = new Map<string, Look>()
  /** Of tenants that are woken, when their turn comes. */
  private readonly woken = new Map<string, NodeJS.Timeout>()
  private readonly closing = new AbortController()

  constructor(work: (tenant: Tenant, closing: AbortSignal) => Promise<void>, parts: RoundParts) {
    this.work = work
    this.parts = parts
    this.clock = parts.clock ?? systemClock
    this.turns = new BackgroundTurns((error, tenant) => parts.onFault(tenant, error))
  }

  /** Begins the work for each tenant whose time it is, as soon as there is room for it. */
  async go(closing: AbortSignal): Promise<void> {
    for (const tenant of await this.parts.listTenants()) {
      if (this.turns.has(tenant.name) || !this.isTime(tenant)) continue
      while (this.turns.size >= AT_ONCE) await this.turns.oneEnded()
      if (closing.aborted) return
      this.begin(tenant)
    }
  }

  /** Something has happened to a tenant: the work is done for it soon, and once more where it is under way. */
  wake(tenant: Tenant): void {
    const sinceMs = this.clock.nowMs() - (this.looks.get(tenant.name)?.atMs ?? 0)
    this.wakeIn(tenant, Math.max(0, Math.min(WAKE_MS - sinceMs, WAKE_MS)))
  }

  private wakeIn(tenant: Tenant, waitMs: number): void {
    if (this.closing.signal.aborted || this.woken.has(tenant.name)) return
    const timer = setTimeout(() => {
      this.woken.delete(tenant.name)
      if (this.turns.has(tenant.name) || this.turns.size >= AT_ONCE) this.wakeIn(tenant, WAKE_MS)
      else this.begin(tenant, async () => this.parts.current(tenant))
    }, waitMs)
    timer.unref()
    this.woken.set(tenant.name, timer)
  }

  /** Resolves when what is under way has ended; nothing more is begun. */
  async close(): Promise<void> {
    this.closing.abort()
    for (const timer of this.woken.values()) clearTimeout(timer)
    await this.turns.ended()
  }

  private begin(tenant: Tenant, current = async (): Promise<Tenant> => tenant): void {
    this.looks.set(tenant.name, { atMs: this.clock.nowMs(), clockMs: tenant.clockMs })
    this.turns.begin(tenant.name, async () => this.work(await current(), this.closing.signal))
  }

  private isTime({ name, clockMs }: Tenant): boolean {
    const last = this.looks.get(name)
    if (last === undefined || last.clockMs !== clockMs) return true
    // The clock of the machine may be set back.
    const sinceMs = this.clock.nowMs() - last.atMs
    return !this.parts.use.isIdle(name) || sinceMs >= IDLE_EVERY_MS || sinceMs < 0
  }
}
