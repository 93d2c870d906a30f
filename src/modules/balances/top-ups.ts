import { currencyOf } from '../../core/base/currency.ts'
import { formatMinor, toRatingScale } from '../../core/base/money.ts'
import { type BonusRule, bonusFor } from '../../core/charging/bonus.ts'
import { type Desk, type LotDraft, topUp } from '../../core/charging/operations.ts'
import { feeTaken, paymentReceived } from '../../core/ledger/templates.ts'
import type { AccountsOutcome, Engine } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { type DatabaseTransaction, inSchema } from '../../platform/db.ts'
import { eventOf, type NewEvent } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { currentOrigin, type Origin } from '../../platform/origin.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext, Tenant } from '../../platform/tenant.ts'
import { type Account, findAccounts } from '../customers/index.ts'
import { type NewEntry, postEntries } from '../ledger/index.ts'
import { toppedUp } from './events.ts'
import { type LotTerms, lotDraft } from './lot-drafts.ts'
import type { ListBonusRules, Settlement } from './ports.ts'
import { assertRoom, positiveMinor } from './service.ts'
import * as store from './store.ts'

const MS_PER_DAY = 86_400_000
/** Top-ups that are decided and committed together; the others wait for the next commit. */
const MAX_TOGETHER = 500

export interface TopUpDraft extends LotTerms {
  readonly key: string
  readonly account: string
  readonly amount: string
  readonly currency: string
  readonly method: string
  readonly reference: string | null
}

interface Asked {
  readonly context: ReadContext
  readonly draft: TopUpDraft
  readonly origin: Origin | null
  readonly resolve: (made: store.TopUp) => void
  readonly reject: (error: unknown) => void
}

/** A top-up that is new: what it opens, and its row. */
interface NewTopUp {
  readonly row: store.TopUp
  readonly origin: Origin | null
  readonly paid: LotDraft
  readonly bonuses: readonly LotDraft[]
}

/**
 * Money comes in to be used: with its bonuses, in one commit with the ledger. Those of a tenant that come while others are
 * decided are the next to be decided, all together: so a key has one effect, one of an account's top-ups is its first, and a
 * hundred of them take hardly longer than one.
 */
export class TopUps {
  private readonly engine: Engine
  private readonly settlement: Settlement
  private readonly bonusRules: ListBonusRules
  /** What waits, by tenant, as long as somebody works on that tenant's. */
  private readonly waiting = new Map<string, Asked[]>()

  constructor(engine: Engine, settlement: Settlement, bonusRules: ListBonusRules) {
    this.engine = engine
    this.settlement = settlement
    this.bonusRules = bonusRules
  }

  async record(context: ReadContext, draft: TopUpDraft): Promise<store.TopUp> {
    return new Promise((resolve, reject) => {
      const { name } = context.tenant
      const asked = { context, draft, origin: currentOrigin(), resolve, reject }
      const waiting = this.waiting.get(name)
      if (waiting !== undefined) {
        waiting.push(asked)
        return
      }
      const own = [asked]
      this.waiting.set(name, own)
      // Those of the same turn of the event loop go together.
      setImmediate(() => void this.work(name, own))
    })
  }

  private async work(tenant: string, waiting: Asked[]): Promise<void> {
    while (waiting.length > 0) {
      const together = waiting.splice(0, MAX_TOGETHER)
      await this.decide(together).catch((error: unknown) => {
        for (const { reject } of together) reject(error)
      })
    }
    this.waiting.delete(tenant)
  }

  /** Each is answered, or refused by itself; a fault is told to all. */
  private async decide(together: readonly Asked[]): Promise<void> {
    const { tenant, db } = (together[0] as Asked).context
    const nowMs = Math.max(...together.map(({ context }) => context.nowMs))
    const drafts = together.map(({ draft }) => draft)
    const [accounts, stored, rules] = await Promise.all([
      findAccounts(db, new Set(drafts.map(({ account }) => account))),
      store.findTopUps(db, new Set(drafts.map(({ key }) => key))),
      this.bonusRules(db),
    ])
    const ids = new Set([...accounts.values()].map(({ id }) => id))
    const known = rules.some(({ firstOnly }) => firstOnly) ? await store.accountsWithTopUps(db, ids) : ids
    const fresh: NewTopUp[] = []
    const answers = together.map(({ draft, origin }): store.TopUp | Refusal => {
      try {
        const account = accountOf(accounts, draft)
        const same = stored.get(draft.key)
        if (same !== undefined) return repeated(same, account, draft)
        const made = draftTopUp(draft, account, rules, !known.has(account.id), nowMs)
        stored.set(draft.key, made.row)
        known.add(account.id)
        fresh.push({ ...made, origin })
        return made.row
      } catch (error) {
        if (error instanceof Refusal) return error
        throw error
      }
    })
    const refused = fresh.length === 0 ? new Map<string, Refusal>() : await this.open(tenant, fresh, nowMs)
    const due = await this.settlement.due((together[0] as Asked).context, [...ids])
    for (const [index, asked] of together.entries()) {
      const answer = answers[index] as store.TopUp | Refusal
      const refusal = answer instanceof Refusal ? answer : refused.get(answer.id)
      if (refusal !== undefined) asked.reject(refusal)
      else void this.settle(asked, answer as store.TopUp, due)
    }
  }

  /** What has documents to settle is answered when they are. */
  private async settle(
    { context, resolve, reject }: Asked,
    made: store.TopUp,
    due: ReadonlySet<string>,
  ): Promise<void> {
    try {
      if (due.has(made.accountId)) await this.settlement.settle(context, made.accountId)
      resolve(made)
    } catch (error) {
      reject(error)
    }
  }

  /** @returns those that an account has no room for, by the id of their row. */
  private async open(tenant: Tenant, fresh: readonly NewTopUp[], nowMs: number): Promise<Map<string, Refusal>> {
    const accountIds = [...new Set(fresh.map(({ row }) => row.accountId))]
    const places = new Map(accountIds.map((id, place) => [id, place]))
    const refused = new Map<string, Refusal>()
    await this.engine.onAccounts<Map<string, bigint>>(tenant.name, {
      accountIds,
      nowMs,
      decide: (desks) => {
        const fees = new Map<string, bigint>()
        for (const { row, paid, bonuses } of fresh) {
          const desk = desks[places.get(row.accountId) as number] as Desk
          try {
            assertRoom(desk)
            fees.set(row.id, topUp(desk, paid, bonuses).fee)
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
            refused.set(row.id, error)
          }
        }
        return fees
      },
      rider: async (trx, outcome) => keep(trx, tenant.schema, fresh, outcome, nowMs),
    })
    return refused
  }
}

function accountOf(accounts: ReadonlyMap<string, Account>, draft: TopUpDraft): Account {
  const account = accounts.get(draft.account)
  if (account === undefined) throw new Refusal('not_found', `no account ${draft.account}`)
  if (draft.currency !== account.currency)
    throw new Refusal('unprocessable', `the account is in ${account.currency}, the top-up in ${draft.currency}`)
  return account
}

function repeated(stored: store.TopUp, account: Account, draft: TopUpDraft): store.TopUp {
  const isSame =
    stored.unit === null &&
    stored.accountId === account.id &&
    stored.method === draft.method &&
    stored.reference === draft.reference &&
    stored.amountMinor === String(positiveMinor(draft.amount, account.currency))
  if (!isSame) throw new Refusal('idempotency_conflict', 'this key was used for something else')
  return stored
}

function draftTopUp(
  draft: TopUpDraft,
  { id: accountId, currency }: Account,
  rules: readonly BonusRule[],
  isFirst: boolean,
  nowMs: number,
): Omit<NewTopUp, 'origin'> {
  const amountMinor = positiveMinor(draft.amount, currency)
  const money = { currency, unit: null }
  const paid = lotDraft('paid', { ...money, amount: amountMinor }, draft, `top_up:${draft.key}`, nowMs)
  const bonuses = rules.flatMap((rule) => {
    const amount = bonusFor(rule, { amountMinor, currency, isFirst, nowMs }, currencyOf(currency).minorDigits)
    return amount > 0n ? [{ rule, amount }] : []
  })
  const lots = bonuses.map(({ rule, amount }) => {
    const expiresAt = rule.validDays === null ? null : new Date(nowMs + rule.validDays * MS_PER_DAY).toISOString()
    const terms = { priority: rule.priority, expiresAt }
    return lotDraft('bonus', { ...money, amount }, terms, `bonus:${rule.code}:${draft.key}`, nowMs)
  })
  const row = {
    id: newId(),
    key: draft.key,
    accountId,
    currency,
    amountMinor: String(amountMinor),
    method: draft.method,
    reference: draft.reference,
    bonuses: bonuses.map(({ rule, amount }) => ({ rule: rule.code, amount: formatMinor(amount, currency) })),
    createdAt: new Date(nowMs),
    ...{ unit: null, units: null, unitPrice: null },
  }
  return { row, paid, bonuses: lots }
}

/** The rows of all that were opened, a statement for each table. */
async function keep(
  trx: DatabaseTransaction,
  schema: string,
  fresh: readonly NewTopUp[],
  { result: fees, events }: AccountsOutcome<ReadonlyMap<string, bigint>>,
  nowMs: number,
): Promise<void> {
  const db = inSchema(trx, schema)
  const made = fresh.map(({ row }) => row).filter(({ id }) => fees.has(id))
  const entries: store.NewBalanceEntry[] = []
  const postings: NewEntry[] = []
  for (const { id, key, accountId, currency, amountMinor, method, reference, bonuses } of made) {
    const feeMinor = (fees.get(id) as bigint) / toRatingScale(1n, currency)
    const entry = { accountId, unit: null, key, note: reference }
    entries.push({ ...entry, kind: 'top_up', amount: formatMinor(BigInt(amountMinor), currency) })
    for (const { rule, amount } of bonuses) entries.push({ ...entry, kind: `bonus:${rule}`, amount })
    const received = paymentReceived(accountId, currency, method, BigInt(amountMinor))
    postings.push({ template: 'payment_received', documentId: id, postings: received })
    if (feeMinor <= 0n) continue
    entries.push({ ...entry, kind: 'promise_fee', amount: formatMinor(-feeMinor, currency) })
    postings.push({ template: 'fee_taken', documentId: id, postings: feeTaken(accountId, currency, feeMinor) })
  }
  await store.insertTopUps(db, made)
  await postEntries(db, postings, nowMs)
  await store.insertEntries(db, entries, nowMs)
  const origins = new Map(fresh.map(({ row, origin }) => [row.accountId, origin]))
  const told = fresh.filter(({ row }) => fees.has(row.id)).map(({ row, origin }) => ({ ...toppedUpEvent(row), origin }))
  // They are of the requests of their accounts, not of the one whose turn it happened to be.
  const others = events.map((event) => ({ ...event, origin: origins.get(event.accountId ?? '') ?? null }))
  await publish(db, [...told, ...others], nowMs)
}

function toppedUpEvent({ id, accountId, ...row }: store.TopUp): NewEvent {
  const amount = formatMinor(BigInt(row.amountMinor), row.currency)
  return eventOf(toppedUp, { objectId: id, accountId }, { ...row, amount })
}
