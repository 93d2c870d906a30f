import { startOfDayMs } from '../../core/base/period.ts'
import type { AccountCharges } from '../../core/billing/account-facts.ts'
import { type CutCounter, UsageDays } from '../../core/billing/usage-days.ts'
import type { EngineReads } from '../../engine/index.ts'
import type { Tenant } from '../../platform/tenant.ts'

/** The days of counters, read out of the journal, as the records were charged. @param zone of the account */
export async function usageByDay(
  { engine, tenant }: { readonly engine: Pick<EngineReads, 'records'>; readonly tenant: Tenant },
  cut: readonly CutCounter[],
  zone: string,
): Promise<AccountCharges['byDay']> {
  const days = new UsageDays(cut, zone)
  if (cut.length === 0) return days.days
  const filter = {
    subscriptionIds: new Set(cut.map(({ counter }) => counter.subscriptionId)),
    fromMs: Math.min(...cut.map(({ period }) => startOfDayMs(period.start, zone))),
    untilMs: Math.max(...cut.map(({ period }) => startOfDayMs(period.end, zone))),
    afterSeq: 0,
    throughSeq: Math.max(...cut.map(({ counter }) => counter.asOfSeq)),
  }
  for await (const records of engine.records(tenant.name, filter)) for (const record of records) days.add(record)
  return days.days
}
