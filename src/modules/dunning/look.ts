import { present } from '../../core/base/assert.ts'
import { dayOf } from '../../core/base/period.ts'
import { type Decision, type DunningFacts, decideDunning, type OpenItem } from '../../core/dunning/decide.ts'
import { fits } from '../../core/dunning/policy.ts'
import type { Database } from '../../platform/db.ts'
import { Pauses } from '../../platform/pauses.ts'
import {
  type Account,
  type Customer,
  type Issuer,
  listAccountsByIds,
  listByIds,
  lockAccount,
} from '../parties/index.ts'
import { plannedDocuments } from '../payment-plans/index.ts'
import { loadSettlements } from '../receivables/index.ts'
import * as store from './store.ts'

/** How an account stands, and what its policy says of that. */
export interface Look {
  readonly account: Account
  readonly today: string
  /** Overdue documents, those due first before the others. */
  readonly items: readonly OpenItem[]
  /** The last run, whether it goes on or not. */
  readonly run: store.RunRow | null
  readonly steps: readonly store.StepRow[]
  readonly hold: store.HoldRow | undefined
  /** Of the run that goes on, or that the account fits; null where none does. */
  readonly policy: store.PolicyRow | null
  readonly decision: Decision | null
}

/**
 * Looks at accounts, all that is read of them at once. Nothing is decided for good: who acts upon it has their rows locked.
 * @param policies those that are asked for accounts without a run, in their order
 */
export async function lookAt(
  db: Database,
  accountIds: readonly string[],
  policies: readonly store.PolicyRow[],
  nowMs: number,
): Promise<Look[]> {
  const accounts = await listAccountsByIds(db, [...accountIds])
  if (accounts.length === 0) return []
  const ids = accounts.map(({ id }) => id)
  const settlements = await loadSettlements(db, accounts)
  const planned = await plannedDocuments(db, ids)
  const runs = Map.groupBy(await store.runsOf(db, ids), ({ accountId }) => accountId)
  const last = [...runs.values()].flatMap((own) => own.at(-1) ?? [])
  const own = await store.policiesById(
    db,
    last.map(({ policyId }) => policyId),
  )
  const steps = Map.groupBy(
    await store.stepsOf(
      db,
      last.map(({ id }) => id),
    ),
    ({ runId }) => runId,
  )
  const holds = await store.holdsOf(db, ids)
  const fitting = await policyFor(db, accounts, policies)
  const looks: Look[] = []
  const pauses = new Pauses()
  for (const [at, account] of accounts.entries()) {
    await pauses.take()
    const today = dayOf(nowMs, account.zone)
    const items: OpenItem[] = []
    const settlement = present(settlements[at], 'a settlement')
    for (const { id, kind, dueOn } of await settlement.listDocuments()) {
      if (kind === 'credit_note' || dueOn >= today) continue
      const openMinor = present(await settlement.openOf(id), 'a document of the account')
      if (openMinor <= 0n) continue
      const disputedMinor = openMinor - ((await settlement.askableOf(id)) ?? 0n)
      items.push({ id, dueOn, openMinor, disputedMinor, isPlanned: planned.has(id) })
    }
    const all = runs.get(account.id) ?? []
    const run = all.at(-1) ?? null
    const done = run === null ? [] : (steps.get(run.id) ?? [])
    const hold = holds.get(account.id)
    const facts: DunningFacts = {
      items,
      run: run && { ...run, steps: done.map(({ stepId, doneOn, state }) => ({ stepId, on: doneOn, state })) },
      earlierRuns: Math.max(0, all.length - 1),
      isHeld: store.isHeldOn(hold, today),
    }
    const ofRun = run === null ? null : present(own.get(run.policyId), 'the policy of a run')
    const decided = decide(account, facts, { ofRun, fitting: fitting.get(account.id) ?? null }, today)
    looks.push({ account, today, items, run, steps: done, hold, ...decided })
  }
  return looks
}

/** Whether a run goes on and its debt is to be asked for. The account's row is locked: nobody pays meanwhile. */
export async function isAskedFor(
  db: Database,
  { accountId, runId }: { readonly accountId: string; readonly runId: string },
  nowMs: number,
): Promise<boolean> {
  await lockAccount(db, accountId)
  const [look] = await lookAt(db, [accountId], [], nowMs)
  if (look?.run?.id !== runId || look.run.state !== 'running') return false
  return look.decision !== null && look.decision.since !== null && !store.isHeldOn(look.hold, look.today)
}

/** A run goes on, and goes on again, by its own policy; what begins anew begins by the one that the account fits now. */
function decide(
  { currency }: Account,
  facts: DunningFacts,
  { ofRun, fitting }: { readonly ofRun: store.PolicyRow | null; readonly fitting: store.PolicyRow | null },
  today: string,
): Pick<Look, 'policy' | 'decision'> {
  if (ofRun !== null) {
    const decision = decideDunning(ofRun.content, currency, facts, today)
    if (facts.run?.endedOn === null || decision.run === 'reopens') return { policy: ofRun, decision }
  }
  if (fitting === null) return { policy: null, decision: null }
  const others = { ...facts, run: null, earlierRuns: facts.earlierRuns + (facts.run === null ? 0 : 1) }
  return { policy: fitting, decision: decideDunning(fitting.content, currency, others, today) }
}

async function policyFor(
  db: Database,
  accounts: readonly Account[],
  policies: readonly store.PolicyRow[],
): Promise<Map<string, store.PolicyRow>> {
  const found = new Map<string, store.PolicyRow>()
  if (policies.length === 0) return found
  const named = async <T>(kind: string, ids: readonly string[]): Promise<Map<string, T>> =>
    new Map((await listByIds(db, kind, [...new Set(ids)])).map((row) => [row.id, row as T]))
  const customers = await named<Customer>(
    'customer',
    accounts.map(({ customerId }) => customerId),
  )
  const issuers = await named<Issuer>(
    'issuer',
    accounts.map(({ issuerId }) => issuerId),
  )
  for (const account of accounts) {
    const customer = present(customers.get(account.customerId), 'a customer')
    const facts = {
      ...{ customerKind: customer.kind, issuer: present(issuers.get(account.issuerId), 'an issuer').key },
      ...{ currency: account.currency, metadata: account.metadata, customerMetadata: customer.metadata },
    }
    const policy = policies.find(({ content }) => fits(content.segment, facts))
    if (policy !== undefined) found.set(account.id, policy)
  }
  return found
}
