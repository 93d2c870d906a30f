import { present } from '../../core/base/assert.ts'
import { momentsOf } from '../../core/billing/moments.ts'
import { type PlannedDocument, planBills } from '../../core/billing/plan-document.ts'
import type { BillingMoment } from '../../core/invoicing/billing-moments.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { listAccountsByIds, setBilledUntil } from '../parties/index.ts'
import { type AccountSettlement, applyToBalances } from '../receivables/index.ts'
import { addDone } from './bill-run-store.ts'
import { lockToBill } from './children.ts'
import { askForDueDrafts } from './draft-due.ts'
import { type AccountWaits, type Draft, loadAllWaits } from './draft-store.ts'
import { inTurn } from './in-turn.ts'
import { type DueOfAccount, dropDrafts, issueOrKeepAll } from './issue.ts'
import { type Billing, type LoadedCharges, type LoadedFacts, loadCharges, loadFacts } from './load-facts.ts'

/** The bill of an account's next billing day, which there is one of. */
const BILL = { kind: 'bill', purpose: '' } as const
export const INTERIM_JOB = 'interim_invoice'

/** An account that is to be billed up to a day. */
export interface AccountToBill {
  readonly accountId: string
  readonly until: string
  /** The draft that is issued although its grace period has not ended. */
  readonly earlyId?: string | null
}

/** What comes of an account. Its moments are done in their order, up to the first that is kept. */
interface Bill {
  readonly asked: AccountToBill
  readonly charges: LoadedCharges
  readonly waits: AccountWaits
  /** What waited before. */
  readonly known: Draft | undefined
  readonly moments: readonly BillingMoment[]
  /** By their days. */
  readonly documents: ReadonlyMap<string, readonly PlannedDocument[]>
  readonly facts: LoadedFacts | undefined
  readonly issued: string[]
  done: string | null
  kept: 'in_grace' | 'held' | null
}

/** Moments that are billed in one transaction: accounts that were not billed for a year have twelve. */
const MAX_MOMENTS = 100
/** Counters whose accounts are billed in one transaction; each stands for a line, or for one that was billed before. */
const MAX_COUNTERS = 20_000

/**
 * Bills accounts, several in one transaction and by as many statements for one as for a hundred; the balances of those that have any are
 * brought up to date afterwards. Their rows are locked, so that two runs bill a moment once. What is not to be issued yet waits as a draft,
 * and what comes after it waits behind it. Where one of them fails, those of its transaction are not billed.
 * @param runId the bill run that counts their documents
 * @param onPlanned is called when what they are billed is known, and is yet to be written
 * @returns the ids of the documents, in the order of the accounts
 */
export async function billAccounts(
  billing: Billing,
  asked: readonly AccountToBill[],
  runId: string | null = null,
  onPlanned: () => void = () => undefined,
): Promise<readonly string[]> {
  const ids: string[] = []
  const told = new Set(asked.map(({ accountId }) => accountId))
  let size = asked.length
  for (let at = 0; at < asked.length; ) {
    const billed = await billSome(billing, asked.slice(at, at + size), runId, onPlanned)
    ids.push(...billed.ids)
    for (const id of billed.children) told.add(id)
    at += billed.accounts
    // Where they are large, so are the next ones: what is read of those that do not fit is read again.
    size = billed.accounts * 2
  }
  for (const accountId of told) await tellBalances(billing, accountId)
  return ids
}

/** Bills the first of some accounts: as many as a transaction takes. */
async function billSome(
  billing: Billing,
  asked: readonly AccountToBill[],
  runId: string | null,
  onPlanned: () => void,
): Promise<{ readonly accounts: number; readonly ids: readonly string[]; readonly children: readonly string[] }> {
  return inTransaction(billing.db, async (trx) => {
    const db = inSchema(trx, billing.tenant.schema)
    const bills = await planAll(billing, db, asked)
    onPlanned()
    const stale = bills.flatMap(({ known, documents }) =>
      known !== undefined && known.billingDay !== documents.keys().next().value ? known : [],
    )
    await dropDrafts(db, stale, billing.nowMs)
    await issueAll(billing, db, bills)
    await noteAll(billing, db, bills, runId)
    const children = bills.flatMap(({ issued, documents }) =>
      issued.length === 0 ? [] : [...documents.values()].flat().flatMap((one) => [...one.chargesOfOthers.keys()]),
    )
    return { accounts: bills.length, ids: bills.flatMap(({ issued }) => issued), children }
  })
}

/** The first accounts that are billed in one transaction: one at least. */
function firstOf<T extends { readonly moments: readonly unknown[]; readonly charges: LoadedCharges }>(all: T[]): T[] {
  let [moments, counters] = [0, 0]
  const end = all.findIndex((one, at) => {
    moments += one.moments.length
    counters += countersIn(one.charges)
    return at > 0 && (moments > MAX_MOMENTS || counters > MAX_COUNTERS)
  })
  return end === -1 ? all : all.slice(0, end)
}

function countersIn({ counters, children = [] }: LoadedCharges): number {
  return children.reduce((sum, child) => sum + child.counters.length, counters.length)
}

async function planAll(billing: Billing, db: Database, asked: readonly AccountToBill[]): Promise<Bill[]> {
  const ids = asked.map(({ accountId }) => accountId)
  await lockToBill(db, ids)
  const accounts = new Map((await listAccountsByIds(db, ids)).map((account) => [account.id, account]))
  const named = asked.map((one) => ({ ...one, account: present(accounts.get(one.accountId), 'an account') }))
  const charged = await loadCharges(billing, db, named)
  const waits = await loadAllWaits(db, ids)
  const all = charged.map((charges, at) => {
    const one = named[at] as (typeof named)[number]
    return { charges, asked: one, moments: momentsOf(charges, one.until) }
  })
  const due = firstOf(all)
  const billed = due.filter(({ moments }) => moments.length > 0)
  const loaded = await loadFacts(
    billing,
    db,
    billed.map(({ charges }) => charges),
  )
  const factsOf = new Map(loaded.map((facts) => [facts.account.id, facts]))
  return inTurn(due, (one): Bill => {
    const { id } = one.charges.account
    const [facts, own] = [factsOf.get(id), waits.get(id) as AccountWaits]
    const planned = facts === undefined ? [] : planBills(facts, one.moments)
    const state = { issued: [], done: null, kept: null }
    const known = own.drafts.find(({ kind }) => kind === BILL.kind)
    return { ...one, facts, waits: own, known, documents: Map.groupBy(planned, ({ day }) => day), ...state }
  })
}

/** The first moments of all accounts, then the second ones: what is issued of an account comes after what was issued of it before. */
async function issueAll(billing: Billing, db: Database, bills: readonly Bill[]): Promise<void> {
  const settlements = new Map<string, AccountSettlement>()
  for (let place = 0; ; place++) {
    const round = bills.filter(({ kept, moments }) => kept === null && place < moments.length)
    if (round.length === 0) return
    const due = round.flatMap((bill) => dueAt(bill, place))
    const outcomes = await issueOrKeepAll(billing, db, due, settlements)
    const byAccount = new Map(due.map(({ facts }, at) => [facts.account.id, outcomes[at]]))
    for (const bill of round) {
      const outcome = byAccount.get(bill.charges.account.id) ?? { ids: [] }
      if ('reasons' in outcome)
        bill.kept = outcome.reasons.every(({ code }) => code === 'grace_period') ? 'in_grace' : 'held'
      else {
        bill.issued.push(...outcome.ids)
        bill.done = bill.moments[place]?.day ?? null
      }
    }
  }
}

/** What is due of an account at a moment, if anything is. */
function dueAt({ facts, moments, documents, waits, asked: { until, earlyId } }: Bill, place: number): DueOfAccount[] {
  const day = moments[place]?.day ?? ''
  const own = documents.get(day) ?? []
  if (facts === undefined || own.length === 0) return []
  return [{ facts, waits, earlyId: earlyId ?? null, due: { ...BILL, day, documents: own, untilDay: until } }]
}

/** What is to be known of bills: up to when, how many, and who looks at them next. */
async function noteAll(billing: Billing, db: Database, bills: readonly Bill[], runId: string | null): Promise<void> {
  const done = bills.flatMap(({ asked, done: day }) => (day === null ? [] : [[asked.accountId, day] as const]))
  await setBilledUntil(db, new Map(done))
  const count = (what: Bill['kept']): number => bills.filter(({ kept }) => kept === what).length
  const issued = bills.reduce((sum, bill) => sum + bill.issued.length, 0)
  if (runId !== null) await addDone(db, runId, { issued, held: count('held'), inGrace: count('in_grace') })
  else if (bills.some(({ kept }) => kept !== null)) await askForDueDrafts(db, billing.nowMs)
  // Usage of the running period may have come to its threshold while the bill before it waited.
  for (const { known, kept, charges } of bills)
    if (known !== undefined && kept === null && charges.account.progressiveThresholdMinor !== null)
      await askForJob(db, { kind: INTERIM_JOB, key: charges.account.id }, billing.nowMs)
}

/** Brings the balances of an account, if it has any, up to date with its documents. */
export async function tellBalances({ db, engine, tenant, nowMs }: Billing, accountId: string): Promise<void> {
  if (await engine.hasBalances(tenant.name, accountId)) await applyToBalances(db, engine, tenant, nowMs, accountId)
}
