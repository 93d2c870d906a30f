import type { Logger } from 'pino'
import type { RepeatedWork, TenantWork } from '../modules/module.ts'
import { PeriodicTask } from '../platform/periodic-task.ts'
import type { Tenant } from '../platform/tenant.ts'
import { TenantRounds, type TenantUse } from '../platform/tenant-rounds.ts'

interface Parts {
  readonly listTenants: () => Promise<readonly Tenant[]>
  readonly use: TenantUse
  readonly log: Logger
}

/** Work that a process does behind the API. @returns what begins it; it ends with `opened` */
export function repeatedWork(
  all: readonly (RepeatedWork | TenantWork)[],
  { listTenants, use, log }: Parts,
  opened: AsyncDisposableStack,
): () => void {
  const onFailed = (error: unknown): void => log.error({ err: error }, 'work behind the API failed')
  const onFault = (tenant: string, error: unknown): void =>
    log.error({ err: error, tenant }, 'work behind the API failed for a tenant; it is tried again')
  const tasks = all.map((one) => {
    if ('work' in one) return new PeriodicTask(one.work, one.everyMs, onFailed)
    const rounds = new TenantRounds(one.ofTenant, { listTenants, use, onFault })
    opened.defer(async () => rounds.close())
    return new PeriodicTask(async (closing) => rounds.go(closing), one.everyMs, onFailed)
  })
  for (const task of tasks) opened.defer(async () => task.close())
  return () => {
    for (const task of tasks) task.start()
  }
}
