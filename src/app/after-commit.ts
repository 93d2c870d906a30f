import type { AfterCommit, ReadContext } from '../platform/tenant.ts'
import type { Needs } from './needs.ts'

/** Tells the engine what it must hear of a write that is committed; a second time changes nothing. */
export function tellEngine({
  engine,
  receivables,
  access,
  people,
  wakeJobs,
}: Pick<Needs, 'engine' | 'receivables' | 'access' | 'people' | 'wakeJobs'>) {
  return async ({ tenant, nowMs }: Omit<ReadContext, 'db'>, told: AfterCommit): Promise<void> => {
    switch (told.kind) {
      case 'reload catalog':
        return engine.reloadCatalog(tenant.name)
      case 'reload accounts':
        return engine.reloadAccounts(tenant.name, told.accountIds)
      case 'forget callers':
        access.forgetCallers()
        people.sessions.forget()
        return
      case 'wake jobs':
        return wakeJobs(tenant)
      case 'apply to balances':
        if (await engine.hasBalances(tenant.name, told.accountId))
          await receivables.apply(tenant, nowMs, told.accountId)
    }
  }
}
