import { dayOf, fromDayNumber, toDayNumber } from '../../core/base/period.ts'
import { type Database, type DatabaseTransaction, inSchema, inTransaction } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { evaluate, isToDo, NOTHING, type Outcome } from './evaluate.ts'
import { lookAt } from './look.ts'
import type { DunningPorts } from './ports.ts'
import * as store from './store.ts'

/** Accounts that are looked at for one page. */
export const PAGE = 100

/** The latest day that has begun anywhere: accounts decide by their own zones. */
export function latestDay(nowMs: number): string {
  return fromDayNumber(toDayNumber(dayOf(nowMs, 'UTC')) + 2)
}

export interface DunningParts {
  readonly db: Database
  readonly ports: DunningPorts
}

/** What was done, and the accounts that could not be worked on, each with the error. */
export interface Worked extends Outcome {
  readonly failed: readonly { readonly accountId: string; readonly error: unknown }[]
}

/** Accounts that may fail before the rest is left: it is not their trouble then, as where the database is away. */
const MOST_FAILED = 20

/** How work on many accounts stays a job's, and ends where it has to. */
export interface Work {
  readonly holdIn?: (db: DatabaseTransaction) => Promise<void>
  readonly isStopped?: () => boolean
  readonly withSteps: boolean
}

/**
 * Does what is to be done on a page of accounts, each in a transaction of its own. They are looked at all at once before, without locks: most
 * have nothing to be done, and nobody waits for those. One that cannot be worked on leaves the others.
 * @returns null where it was stopped before the end
 */
export async function workOn(
  { db: root, ports }: DunningParts,
  tenant: Tenant,
  accountIds: readonly string[],
  nowMs: number,
  { holdIn, isStopped = () => false, withSteps }: Work,
): Promise<Worked | null> {
  const db = inSchema(root, tenant.schema)
  const policies = await store.policiesInForce(db)
  const looks = await lookAt(db, accountIds, policies, nowMs)
  let all = NOTHING
  const failed: { accountId: string; error: unknown }[] = []
  for (const { account } of looks.filter((look) => isToDo(look, withSteps))) {
    if (isStopped()) return null
    try {
      const done = await inTransaction(root, async (trx) => {
        const within = inSchema(trx, tenant.schema)
        await holdIn?.(within)
        return evaluate({ db: within, tenant, ports, nowMs }, account.id, policies, withSteps)
      })
      all = sumOf(all, done)
    } catch (error) {
      failed.push({ accountId: account.id, error })
      if (failed.length >= MOST_FAILED) throw error
    }
  }
  return { ...all, failed }
}

function sumOf(a: Outcome, b: Outcome): Outcome {
  return {
    ...{ began: a.began + b.began, ended: a.ended + b.ended, reopened: a.reopened + b.reopened },
    steps: [...a.steps, ...b.steps],
  }
}
