import { BackgroundTurns } from '../../platform/background-turns.ts'
import { systemClock } from '../../platform/clock.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { growingPauseMs } from '../../platform/patience.ts'
import { isOwnerGone, ownerName } from '../../platform/processes.ts'
import type { Tenant } from '../../platform/tenant.ts'
import * as store from './enforcement-store.ts'
import { enforcementFailed } from './events.ts'
import { DEADLINE_MS, type EnforcementNeeds, type EnforcementOutcome, type Enforcer } from './ports.ts'
import { getTarget, listTargets, noteReached, readSecret, type Target } from './target-store.ts'
import { webhookEnforcer } from './webhook-enforcer.ts'

/** What was taken is told by nobody else for so long: a process that vanishes with its machine leaves it until then. */
const CLAIM_MS = 30_000
/** Services of a target that are told at the same time; one of a target that does not answer. */
const AT_ONCE = 16
/** Targets of all tenants that a process tells at the same time. */
const TARGETS_AT_ONCE = 64
/** How long after an attempt that failed the next one is made; after the last one it is given up: two hours and a half together. */
const PAUSES_MS = [1, 2, 5, 10, 30, 60, 300, 900, 1_800, 3_600].map((seconds) => seconds * 1_000)
/** A target that does not answer rests for 1, 2, 4 … seconds, at most this long. */
const FIRST_REST_MS = 1_000
const LONGEST_REST_MS = 60_000
const HOUR_MS = 3_600_000
/** What is repeated of a target in one turn. */
const REPEATED = 500

interface DispatcherParts extends EnforcementNeeds {
  readonly db: Database
  readonly nowMs: (tenant: Tenant) => number
  readonly onFault: (error: unknown) => void
}

/**
 * Tells targets of the states of services. Each target has a turn of its own, so that one that is silent holds up no other; each service is told one state
 * after another, of those that wait the newest. What is told may come twice, after a crash or where an answer was lost; it is never left out.
 */
export class Dispatcher {
  private readonly parts: DispatcherParts
  private readonly owner = ownerName()
  private readonly turns: BackgroundTurns

  constructor(parts: DispatcherParts) {
    this.parts = parts
    this.turns = new BackgroundTurns(parts.onFault)
  }

  /** Takes over what an earlier process of this machine was telling when it ended. */
  async resume(tenant: Tenant): Promise<void> {
    const isGone = (owner: string): boolean => owner !== this.owner && isOwnerGone(owner)
    await store.releaseOf(inSchema(this.parts.db, tenant.schema), isGone)
  }

  /** Begins to tell what is due of a tenant; nobody waits for it. */
  async look(tenant: Tenant, closing: AbortSignal): Promise<void> {
    const due = await store.targetsDue(inSchema(this.parts.db, tenant.schema), systemClock.nowMs())
    for (const id of due) {
      if (closing.aborted || this.turns.size >= TARGETS_AT_ONCE) return
      if (!this.turns.has(id)) this.turns.begin(id, async () => this.tellAll(tenant, id, closing))
    }
  }

  /** Has targets told once more of what they are to be told again and again. */
  async repeat(tenant: Tenant): Promise<void> {
    const db = inSchema(this.parts.db, tenant.schema)
    const realMs = systemClock.nowMs()
    for (const { id, isOn, repeatHours } of await listTargets(db))
      if (isOn && repeatHours !== null)
        await store.wishAgain(db, id, new Date(realMs - repeatHours * HOUR_MS), REPEATED, realMs)
  }

  async close(): Promise<void> {
    await this.turns.ended()
  }

  private async tellAll(tenant: Tenant, id: string, closing: AbortSignal): Promise<void> {
    const db = inSchema(this.parts.db, tenant.schema)
    while (!closing.aborted) {
      const target = await getTarget(db, id)
      const realMs = systemClock.nowMs()
      if (!target.isOn || (target.restUntil?.getTime() ?? 0) > realMs) return
      const most = target.failures > 0 ? 1 : AT_ONCE
      const taken = await store.takeDue(db, id, most, { owner: this.owner, realMs, claimMs: CLAIM_MS })
      if (taken.length === 0) return
      const secret = await readSecret(db, { ring: this.parts.secretKeyRing, tenant: tenant.name }, id)
      const enforcer = this.enforcerOf(target, secret)
      await Promise.all(taken.map(async (one) => this.tell(tenant, target, enforcer, one)))
    }
  }

  private enforcerOf(target: Target, secret: string): Enforcer {
    if (target.kind === 'radius') return this.parts.radius.open(target.terms, secret)
    return webhookEnforcer(this.parts.receivers, target.terms.url, secret)
  }

  private async tell(tenant: Tenant, target: Target, enforcer: Enforcer, one: store.TakenEnforcement): Promise<void> {
    const outcome = await enforcer.enforce(one.wished, AbortSignal.timeout(DEADLINE_MS)).catch((error: unknown) => {
      this.parts.onFault(error)
      return { outcome: 'unanswered', words: 'it could not be asked' } satisfies EnforcementOutcome
    })
    const realMs = systemClock.nowMs()
    const pauseMs = PAUSES_MS[one.attempts]
    const dueAt = pauseMs === undefined ? null : new Date(realMs + pauseMs)
    await inTransaction(this.parts.db, async (trx) => {
      const db = inSchema(trx, tenant.schema)
      const rest = (failures: number): Date =>
        new Date(realMs + growingPauseMs(failures, FIRST_REST_MS, LONGEST_REST_MS))
      await noteReached(db, target.id, outcome.outcome !== 'unanswered', rest)
      await store.noteAttempt(db, one, outcome, { realMs, dueAt })
      if (outcome.outcome === 'enforced' || dueAt !== null) return
      const { serviceId, accountId, service, version, state } = one.wished
      const data = { target: target.key, service, version, state, words: outcome.words }
      await publish(
        db,
        [eventOf(enforcementFailed, { objectId: serviceId, accountId }, data)],
        this.parts.nowMs(tenant),
      )
    })
  }
}
