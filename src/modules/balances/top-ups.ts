import { present } from '../../core/base/assert.ts'
import { currencyOf } from '../../core/base/currency.ts'
import { formatMinor, toRatingScale } from '../../core/base/money.ts'
import type { SoldTerms } from '../../core/billing/prepaid-sale.ts'
import { type BonusRule, bonusFor } from '../../core/charging/bonus.ts'
import type { LotDraft, OperationContext } from '../../core/charging/operations.ts'
import { feeTaken, paymentReceived } from '../../core/ledger/templates.ts'
import type { AccountsOutcome, Engine } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { inSchema } from '../../platform/db.ts'
import { eventOf, type NewEvent } from '../../platform/events/event-type.ts'
import { eventRows } from '../../platform/events/publish.ts'
import type { NewRows } from '../../platform/insert-rows.ts'
import { currentOrigin, type Origin } from '../../platform/origin.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import type { StreamContext, Tenant } from '../../platform/tenant.ts'
import { Together } from '../../platform/together.ts'
import { type NewEntry, postingRows } from '../ledger/index.ts'
import type { Parts } from '../module.ts'
import { findAccounts, type NamedAccount } from '../parties/index.ts'
import type { Receivables } from '../receivables/index.ts'
import { toppedUp } from './events.ts'
import { type LotTerms, lotDraft } from './lot-drafts.ts'
import type { ListBonusRules, SoldTermsOf } from './ports.ts'
import { findSales, type StoredSale } from './prepaid-sale-store.ts'
import { askForSaleDocuments, newSale, rowsOfSales, type SoldView, takeIn, toSoldView } from './prepaid-sales.ts'
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
  readonly context: StreamContext
  readonly draft: TopUpDraft
  readonly origin: Origin | null
}

type FindDue = () => Promise<ReadonlySet<string>>
const NOBODY = Promise.resolve(new Set<string>())

interface Opened {
  readonly refused: ReadonlyMap<string, Refusal>
  readonly due: ReadonlySet<string>
  readonly sales: readonly StoredSale[]
}

/** What one did besides opening its lots. */
interface Taken {
  readonly fee: bigint
  readonly sale: StoredSale | null
}

/** A top-up, and what of it was sold with its tax. */
export type RecordedTopUp = store.TopUp & { readonly sold?: SoldView }

/** A top-up that is new: what it opens, and its row. */
interface NewTopUp {
  readonly row: store.TopUp
  readonly asked: Asked
  readonly paid: LotDraft
  readonly bonuses: readonly LotDraft[]
  /** How it is taxed if it is sold with its tax. */
  readonly terms: SoldTerms | undefined
}

/**
 * Money comes in to be used: with its bonuses, in one commit with the ledger. Those of a tenant that come while others are
 * decided are the next to be decided, all together: so a key has one effect, one of an account's top-ups is its first, and a
 * hundred of them take hardly longer than one.
 */
export class TopUps {
  private readonly engine: Engine
  private readonly receivables: Receivables
  private readonly bonusRules: ListBonusRules
  private readonly soldTermsOf: SoldTermsOf
  private readonly wakeJobs: (tenant: Tenant) => void
  private readonly together: Together<Asked, RecordedTopUp>

  constructor(
    { engine, wakeJobs }: Pick<Parts, 'engine' | 'wakeJobs'>,
    receivables: Receivables,
    { bonusRules, soldTermsOf }: { readonly bonusRules: ListBonusRules; readonly soldTermsOf: SoldTermsOf },
  ) {
    this.engine = engine
    this.receivables = receivables
    this.bonusRules = bonusRules
    this.soldTermsOf = soldTermsOf
    this.wakeJobs = wakeJobs
    this.together = new Together(MAX_TOGETHER, async (_tenant, together) => this.decide(together))
  }

  async record(context: StreamContext, draft: TopUpDraft): Promise<RecordedTopUp> {
    return this.together.ask(context.tenant.name, { context, draft, origin: currentOrigin() })
  }

  /** Each is answered, or refused by itself. */
  private async decide(together: readonly Asked[]): Promise<(() => RecordedTopUp | Promise<RecordedTopUp>)[]> {
    const { context } = together[0] as Asked
    const { tenant, db } = context
    const nowMs = Math.max(...together.map(({ context }) => context.nowMs))
    const drafts = together.map(({ draft }) => draft)
    // While another process has the journal it may take money in: which keys are new, and which top-ups the first, is read again then.
    const memory = await this.engine.memoryOf(tenant.name)
    const [accounts, stored, rules] = await Promise.all([
      findAccounts(db, new Set(drafts.map(({ account }) => account))),
      store.findTopUps(db, new Set(drafts.map(({ key }) => key))),
      this.bonusRules(db),
    ])
    const ids = new Set([...accounts.values()].map(({ id }) => id))
    const known = rules.some(({ firstOnly }) => firstOnly) ? await store.accountsWithTopUps(db, ids) : ids
    const terms = await this.soldTermsOf(db, [...ids], nowMs)
    const before = await findSales(db, [...stored.keys()].map(originOf))
    const fresh: NewTopUp[] = []
    const answers = together.map((asked): store.TopUp | Refusal => {
      const { draft } = asked
      try {
        const account = accountOf(accounts, draft)
        const same = stored.get(draft.key)
        if (same !== undefined) return repeated(same, account, draft)
        const made = draftTopUp(draft, account, rules, !known.has(account.id), nowMs)
        stored.set(draft.key, made.row)
        known.add(account.id)
        fresh.push({ ...made, asked, terms: terms.get(account.id) })
        return made.row
      } catch (error) {
        if (error instanceof Refusal) return error
        throw error
      }
    })
    const findDue: FindDue = async () => this.receivables.due(context.db, [...ids])
    const { refused, due, sales } =
      fresh.length === 0
        ? { refused: new Map<string, Refusal>(), due: await findDue(), sales: [] }
        : await this.open(tenant, memory, fresh, nowMs, findDue)
    const sold = new Map([...before.values(), ...sales].map((sale) => [sale.origin, toSoldView(sale)]))
    return answers.map((answer, index) => () => {
      const refusal = answer instanceof Refusal ? answer : refused.get(answer.id)
      if (refusal !== undefined) throw refusal
      const row = answer as store.TopUp
      const own = sold.get(originOf(row.key))
      const made = own === undefined ? row : { ...row, sold: own }
      return due.has(made.accountId) ? this.settle(together[index] as Asked, made) : made
    })
  }

  /** What has documents to settle is answered when they are. */
  private async settle({ context }: Asked, made: RecordedTopUp): Promise<RecordedTopUp> {
    await this.receivables.apply(context.tenant, context.nowMs, made.accountId)
    return made
  }

  /** @returns those that an account has no room for, by the id of their row, and accounts that have documents to settle. */
  private async open(
    tenant: Tenant,
    memory: object,
    fresh: readonly NewTopUp[],
    nowMs: number,
    findDue: FindDue,
  ): Promise<Opened> {
    const accountIds = [...new Set(fresh.map(({ row }) => row.accountId))]
    const places = new Map(accountIds.map((id, place) => [id, place]))
    const refused = new Map<string, Refusal>()
    let due: Promise<ReadonlySet<string>> = NOBODY
    const { result } = await this.engine.onAccounts<Map<string, Taken>>(tenant.name, {
      accountIds,
      nowMs,
      memory,
      decide: (contexts) => {
        const taken = new Map<string, Taken>()
        for (const one of fresh) {
          const operation = contexts[places.get(one.row.accountId) as number] as OperationContext
          try {
            assertRoom(operation)
            taken.set(one.row.id, take(operation, one, nowMs))
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
            refused.set(one.row.id, error)
          }
        }
        return taken
      },
      isHookNeeded: ({ result: taken }) => salesOf(taken).length > 0,
      commitHook: async (trx, { result: taken }) => {
        const accounts = salesOf(taken).map(({ accountId }) => accountId)
        await askForSaleDocuments(inSchema(trx, tenant.schema), accounts, nowMs)
      },
      rows: (outcome) => {
        // Looked for while it is committed: a document that comes after this moment finds the money by itself.
        due = findDue()
        due.catch(() => undefined)
        return rowsOf(fresh, outcome, nowMs)
      },
    })
    const sales = salesOf(result)
    if (sales.length > 0) this.wakeJobs(tenant)
    return { refused, due: await due, sales }
  }
}

function take(operation: OperationContext, { row, paid, bonuses, terms }: NewTopUp, nowMs: number): Taken {
  const { accountId, key, currency } = row
  const { fee, sold } = takeIn(operation, paid, bonuses, terms, currency)
  if (sold === null || terms === undefined) return { fee, sale: null }
  return { fee, sale: newSale({ accountId, origin: originOf(key), key, currency }, terms, sold, nowMs) }
}

function salesOf(taken: ReadonlyMap<string, Taken>): StoredSale[] {
  return [...taken.values()].flatMap(({ sale }) => sale ?? [])
}

/** Of the lots of a top-up. */
export function originOf(key: string): string {
  return `top_up:${key}`
}

function accountOf(accounts: ReadonlyMap<string, NamedAccount>, draft: TopUpDraft): NamedAccount {
  const account = accounts.get(draft.account)
  if (account === undefined) throw notFound(`account ${draft.account}`, '/v1/accounts', 'account list')
  if (draft.currency !== account.currency)
    throw new Refusal(
      'unprocessable',
      `currency: the account is in ${account.currency}, the top-up in ${draft.currency}; write ${account.currency}, or name an account in ${draft.currency}`,
    )
  return account
}

function repeated(stored: store.TopUp, account: NamedAccount, draft: TopUpDraft): store.TopUp {
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
  { id: accountId, currency }: NamedAccount,
  rules: readonly BonusRule[],
  isFirst: boolean,
  nowMs: number,
): Omit<NewTopUp, 'asked' | 'terms'> {
  const amountMinor = positiveMinor(draft.amount, currency)
  const money = { currency, unit: null }
  const paid = lotDraft('paid', { ...money, amount: amountMinor }, draft, originOf(draft.key), nowMs)
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

/** The rows of all that were opened. */
function rowsOf(
  fresh: readonly NewTopUp[],
  { result: taken, events }: AccountsOutcome<ReadonlyMap<string, Taken>>,
  nowMs: number,
): NewRows[] {
  const made = fresh.map(({ row }) => row).filter(({ id }) => taken.has(id))
  const entries: store.NewBalanceEntry[] = []
  const postings: NewEntry[] = []
  for (const { id, key, accountId, currency, amountMinor, method, reference, bonuses } of made) {
    const feeMinor = present(taken.get(id), 'what it did').fee / toRatingScale(1n, currency)
    const entry = { accountId, unit: null, key, note: reference }
    entries.push({ ...entry, kind: 'top_up', amount: formatMinor(BigInt(amountMinor), currency) })
    for (const { rule, amount } of bonuses) entries.push({ ...entry, kind: `bonus:${rule}`, amount })
    const received = paymentReceived(accountId, currency, method, BigInt(amountMinor))
    postings.push({ template: 'payment_received', documentId: id, postings: received })
    if (feeMinor <= 0n) continue
    entries.push({ ...entry, kind: 'promise_fee', amount: formatMinor(-feeMinor, currency) })
    postings.push({ template: 'fee_taken', documentId: id, postings: feeTaken(accountId, currency, feeMinor) })
  }
  const origins = new Map(fresh.map(({ row, asked }) => [row.accountId, asked.origin]))
  const opened = fresh.filter(({ row }) => taken.has(row.id))
  const told = opened.map(({ row, asked: { origin } }) => ({ ...toppedUpEvent(row), origin }))
  // They are of the requests of their accounts, not of the one whose turn it happened to be.
  const others = events.map((event) => ({ ...event, origin: origins.get(event.accountId ?? '') ?? null }))
  return [
    store.topUpRows(made),
    postingRows(postings, nowMs),
    store.entryRows(entries, nowMs),
    ...rowsOfSales(salesOf(taken), nowMs),
    eventRows([...told, ...others], nowMs),
    ...opened.flatMap(({ row, asked }) => asked.context.logged(row)),
  ]
}

function toppedUpEvent({ id, accountId, ...row }: store.TopUp): NewEvent {
  const amount = formatMinor(BigInt(row.amountMinor), row.currency)
  return eventOf(toppedUp, { objectId: id, accountId }, { ...row, amount })
}
