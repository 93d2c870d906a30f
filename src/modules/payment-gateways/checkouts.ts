import { systemClock } from '../../platform/clock.ts'
import { type Database, inTransaction } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'
import type { AttemptRunner } from './attempt-runner.ts'
import { type Attempt, askAgain, getAttempt } from './attempt-store.ts'
import { beginCharge, type ChargeDraft } from './begin-charge.ts'
import type { Gateways } from './gateways.ts'
import { countryOf } from './routing.ts'

/** Gateways that are asked for one page, one after another. */
const MAX_GATEWAYS = 5

/** Charges, and pages of gateways on which payers pay, for whoever begins one. `db` is in the tenant's schema. */
export class Checkouts {
  readonly gateways: Gateways
  readonly runner: AttemptRunner

  constructor(gateways: Gateways, runner: AttemptRunner) {
    this.gateways = gateways
    this.runner = runner
  }

  /** Whether an open gateway has a page on which a currency is paid. */
  async canPay(db: Database, tenant: Pick<Tenant, 'name'>, currency: string): Promise<boolean> {
    const asked = { currency, amountMinor: null, country: null }
    return (await this.gateways.route(db, tenant, asked, ({ checkout }) => checkout)).length > 0
  }

  /**
   * Claims what is to be paid, and asks the gateway; what it has refused for certain is asked for at the next one, under the key with `:2`
   * behind it. What is unknown may have been done, and goes nowhere else.
   * @param draftOf what is to be charged, in the transaction that claims it; null where nothing is
   * @returns the last attempt
   */
  async begin(
    db: Database,
    tenant: Tenant,
    draftOf: (trx: Database) => Promise<ChargeDraft | null>,
    nowMs: number,
  ): Promise<Attempt | null> {
    let draft: ChargeDraft | null = null
    const first = await inTransaction(db, async (trx) => {
      draft = await draftOf(trx)
      return draft === null ? null : beginCharge(trx, tenant, this.gateways, draft, nowMs)
    })
    if (first === null || draft === null) return null
    return this.goElsewhere(db, tenant, draft, await this.runner.work(tenant, first.id), nowMs)
  }

  private async goElsewhere(
    db: Database,
    tenant: Tenant,
    draft: ChargeDraft,
    first: Attempt,
    nowMs: number,
  ): Promise<Attempt> {
    let attempt = first
    const except = new Set<string>()
    while (draft.gateway === null && canGoElsewhere(attempt) && except.size < MAX_GATEWAYS) {
      except.add(attempt.gatewayId)
      const next = { ...draft, key: keyOfGateway(draft.key, except.size + 1), except }
      const asked = {
        ...{ currency: attempt.currency, amountMinor: BigInt(attempt.amountMinor) },
        country: await countryOf(db, attempt.accountId),
      }
      const fit = await this.gateways.route(db, tenant, asked, ({ checkout }) => checkout, except)
      if (fit.length === 0) break
      const { id } = await inTransaction(db, async (trx) => beginCharge(trx, tenant, this.gateways, next, nowMs))
      attempt = await this.runner.work(tenant, id)
    }
    return attempt
  }

  /** Has the gateway asked at once what has become of an attempt. */
  async ask(db: Database, tenant: Tenant, { id }: Pick<Attempt, 'id'>): Promise<Attempt> {
    await askAgain(db, id, systemClock.nowMs())
    await this.runner.work(tenant, id)
    return getAttempt(db, id)
  }
}

/** The attempt of a key: the one at the last gateway that was asked for it. */
export async function attemptOfKey(db: Database, key: string): Promise<Attempt | undefined> {
  const keys = Array.from({ length: MAX_GATEWAYS + 1 }, (_, at) => keyOfGateway(key, at + 1))
  const rows = (await db.selectFrom('paymentAttempt').selectAll().where('key', 'in', keys).execute()) as Attempt[]
  return rows.toSorted((a, b) => keys.indexOf(b.key) - keys.indexOf(a.key))[0]
}

/** Of the first gateway the key itself, of the second one `key:2`. */
function keyOfGateway(key: string, place: number): string {
  return place === 1 ? key : `${key}:${place}`
}

/** A page that its gateway has refused to begin, and another one may begin. */
function canGoElsewhere({ state, mayRetry, methodId, providerId }: Attempt): boolean {
  return state === 'failed' && mayRetry === true && methodId === null && providerId === null
}
