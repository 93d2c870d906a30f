import type { Engine } from '../../engine/index.ts'
import { systemClock } from '../../platform/clock.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { growingPauseMs } from '../../platform/patience.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { getInvoice } from '../invoices/index.ts'
import { lockAccount } from '../parties/index.ts'
import type { Receivables } from '../receivables/index.ts'
import { type Attempt, askAllUnknown, getAttempt, lockAttempt, takeAttempt, takeDue } from './attempt-store.ts'
import { gatewayOfId } from './gateway-store.ts'
import type { Gateways } from './gateways.ts'
import { tokenOf } from './method-store.ts'
import type {
  GatewayAnswer,
  GatewayCapabilities,
  GatewayPayment,
  GatewayReference,
  GatewayRefund,
  GatewayReport,
  GatewaySetup,
  PaymentGateway,
} from './ports.ts'
import * as record from './record-attempt.ts'
import type { Recording } from './recording.ts'

/** How long one request to a gateway may take. Three of them fit into the time for which an attempt is taken. */
const TIMEOUT_MS = 15_000
/** An attempt that is not over is asked again after 2 s, 4 s, and so on; where the payer has to do something, it is known by a callback as well. */
const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 3_600_000
/** Attempts of a tenant that are asked for at once. */
const AT_ONCE = 16
/** Rounds of one look: the rest comes with the next one. */
const MAX_ROUNDS = 200
/** After so long a turn of a tenant ends, when what it has begun is answered. */
const LONGEST_TURN_MS = 5_000

const NEVER_BEGUN = { outcome: 'refused', reason: 'abandoned', mayRetry: true } as const

interface RunnerParts {
  readonly db: Database
  readonly engine: Engine
  readonly receivables: Receivables
  readonly nowMs: (tenant: Tenant) => number
  readonly onFault: (error: unknown) => void
}

/** What came of asking: what is recorded, in the transaction that locks the attempt. */
type Outcome = (into: Recording, attempt: Attempt) => Promise<void>

/**
 * Brings attempts to their end: asks gateways, outside of any transaction, and records what they say. It can be killed at any point: a
 * row says what was going to be asked for, the gateway says what it has of it, and what is asked for under one key has one effect. Two that
 * work on the same attempt do no harm.
 */
export class AttemptRunner {
  private readonly parts: RunnerParts
  private readonly gateways: Gateways

  constructor(parts: RunnerParts, gateways: Gateways) {
    this.parts = parts
    this.gateways = gateways
  }

  /** Works on one attempt now, unless another one does. @returns it as it is then */
  async work(tenant: Tenant, id: string): Promise<Attempt> {
    const db = inSchema(this.parts.db, tenant.schema)
    const taken = await takeAttempt(db, id, systemClock.nowMs())
    if (taken !== undefined) await this.ask(tenant, taken)
    return getAttempt(db, id)
  }

  /** Works on attempts of a tenant that are due: on all of them, unless gateways are slow. Then others have their turn before the rest. */
  async workOnDue(tenant: Tenant, closing: AbortSignal): Promise<void> {
    const db = inSchema(this.parts.db, tenant.schema)
    const begunMs = systemClock.nowMs()
    for (let round = 0; round < MAX_ROUNDS && !closing.aborted; round++) {
      if (systemClock.nowMs() - begunMs > LONGEST_TURN_MS) return
      const taken = await takeDue(db, AT_ONCE, systemClock.nowMs())
      if (taken.length === 0) return
      const asking = taken.map(async (attempt) => this.ask(tenant, attempt))
      for (const { status, reason } of (await Promise.allSettled(asking)) as PromiseRejectedResult[])
        if (status === 'rejected') this.parts.onFault(reason)
    }
  }

  /** What a process that is no more may have been asking for is asked for again. */
  async resume(tenant: Tenant): Promise<void> {
    await askAllUnknown(inSchema(this.parts.db, tenant.schema), systemClock.nowMs())
  }

  private async ask(tenant: Tenant, taken: Attempt): Promise<void> {
    const db = inSchema(this.parts.db, tenant.schema)
    const gateway = await gatewayOfId(db, taken.gatewayId)
    const opened = await this.gateways.open(db, tenant, gateway)
    const outcome = await this.outcomeOf(db, tenant, opened, taken)
    const nowMs = this.parts.nowMs(tenant)
    const askAt = new Date(systemClock.nowMs() + growingPauseMs(taken.asks + 1, FIRST_PAUSE_MS, LONGEST_PAUSE_MS))
    const { receivables } = this.parts
    await inTransaction(this.parts.db, async (trx) => {
      const scoped = inSchema(trx, tenant.schema)
      await lockAccount(scoped, taken.accountId)
      // Whoever was quicker has recorded it: what is known by now counts, and not what was when it was taken.
      const attempt = { ...(await lockAttempt(scoped, taken.id)), askAt: taken.askAt }
      const { ring } = this.gateways
      await outcome({ db: scoped, tenant: tenant.name, gateway, receivables, ring, nowMs, askAt }, attempt)
    })
    await this.notifyBalances(tenant, nowMs, taken)
  }

  private async notifyBalances(tenant: Tenant, nowMs: number, { accountId, kind }: Attempt): Promise<void> {
    const { engine, receivables } = this.parts
    if (kind === 'charge' && (await engine.hasBalances(tenant.name, accountId)))
      await receivables.apply(tenant, nowMs, accountId)
  }

  private async outcomeOf(db: Database, tenant: Tenant, gateway: PaymentGateway, attempt: Attempt): Promise<Outcome> {
    const self = referenceTo(attempt)
    if (attempt.kind === 'setup') {
      const answer = await this.once<GatewaySetup>(
        attempt,
        async (signal) => gateway.querySetUp(self, signal),
        async (signal) => {
          const token =
            attempt.methodId === null ? null : await tokenOf(db, this.gateways.ring, tenant.name, attempt.methodId)
          return gateway.setUp({ key: attempt.id, token, returnUrl: attempt.returnUrl }, signal)
        },
        gateway.capabilities,
      )
      return recorded(answer, record.recordSetup)
    }
    const money = { key: attempt.id, amountMinor: BigInt(attempt.amountMinor), currency: attempt.currency }
    if (attempt.kind === 'refund') {
      const payment = referenceTo(await getAttempt(db, attempt.chargeId ?? ''))
      const answer = await this.once<GatewayRefund>(
        attempt,
        async (signal) => gateway.queryRefund(self, payment, signal),
        async (signal) => gateway.refund({ ...money, payment }, signal),
        gateway.capabilities,
      )
      return recorded(answer, record.recordRefund)
    }
    const { methodId, invoiceId, returnUrl, key } = attempt
    const method = methodId === null ? null : await tokenOf(db, this.gateways.ring, tenant.name, methodId)
    if (methodId !== null && method === null) return recorded(NEVER_BEGUN, record.recordCharge)
    const description = invoiceId === null ? key : (await getInvoice(db, invoiceId)).document.number
    const answer = await this.once<GatewayPayment>(
      attempt,
      async (signal) => gateway.query(self, signal),
      async (signal) => gateway.authorise({ ...money, method, returnUrl, description }, signal),
      gateway.capabilities,
    )
    if (answer.outcome !== 'done' || answer.result.state !== 'authorised') return recorded(answer, record.recordCharge)
    const payment = { ...self, id: answer.result.id }
    const capture = { ...money, key: `${attempt.id}-capture`, payment }
    return recorded(await gateway.capture(capture, AbortSignal.timeout(TIMEOUT_MS)), record.recordCharge)
  }

  /**
   * Asks for something that is done once. The first time it is sent; later the gateway is asked what it has, and it is sent again where the
   * gateway has nothing and still knows the key. What it has nothing of after that was never begun.
   */
  private async once<Result>(
    { asks, askedAt, state }: Attempt,
    query: (signal: AbortSignal) => Promise<GatewayReport<Result>>,
    send: (signal: AbortSignal) => Promise<GatewayAnswer<Result>>,
    { keysLiveMs }: GatewayCapabilities,
  ): Promise<GatewayAnswer<Result> | { readonly outcome: 'nothing' }> {
    if (asks > 0) {
      const report = await query(AbortSignal.timeout(TIMEOUT_MS))
      if (report.outcome !== 'absent') return report as GatewayAnswer<Result>
      if (state === 'succeeded' || state === 'failed') return { outcome: 'nothing' }
    }
    if (systemClock.nowMs() - askedAt.getTime() > keysLiveMs) return NEVER_BEGUN
    return send(AbortSignal.timeout(TIMEOUT_MS))
  }
}

function referenceTo({ id, providerId, askedAt }: Attempt): GatewayReference {
  return { key: id, id: providerId, askedMs: askedAt.getTime() }
}

function recorded<Result>(
  answer: GatewayAnswer<Result> | { readonly outcome: 'nothing' },
  done: (into: Recording, attempt: Attempt, result: Result) => Promise<void>,
): Outcome {
  return async (into, attempt) => {
    if (answer.outcome === 'done') return done(into, attempt, answer.result)
    if (answer.outcome === 'refused') return record.recordRefused(into, attempt, answer)
    return answer.outcome === 'nothing' ? record.recordNothing(into, attempt) : record.recordUnknown(into, attempt)
  }
}
