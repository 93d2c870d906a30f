import type { Engine } from '../../engine/index.ts'
import type { Metrics } from '../../platform/metrics.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { acceptUsage, type UsageReport } from './service.ts'

/**
 * What protocols of usage call: a body of NDJSON, a JSON array, or one JSON object, as its content type says, is charged in one
 * commit, and counted.
 */
export type AcceptUsage = (context: ReadContext, body: Buffer, contentType: string) => Promise<UsageReport>

export function acceptWith(engine: Engine, metrics: Metrics): AcceptUsage {
  return async (context, body, contentType) => {
    const report = await acceptUsage(engine, context, body, contentType)
    const tenant = context.tenant.name
    for (const outcome of ['charged', 'suspended', 'duplicates'] as const)
      metrics.records.inc({ tenant, outcome }, report[outcome])
    return report
  }
}
