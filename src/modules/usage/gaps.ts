import { findGaps } from '../../core/mediation/gaps.ts'
import { type EngineReads, recordsOf } from '../../engine/index.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { getRow } from '../parties/index.ts'
import { listSubscriptionsOf } from '../subscriptions/index.ts'

/** Steps that one question may span: thirty years of half-hours. */
const MAX_STEPS = 530_000
/** Gaps that an answer lists. */
const MAX_LISTED = 1_000

/** Which readings of a regular series are missing between two instants, by what the journal has charged. Nothing is invented. */
export async function reportGaps(
  engine: EngineReads,
  { db, tenant }: ReadContext,
  question: { service: string; type: string | undefined; from: string; until: string; stepMinutes: number },
): Promise<object> {
  const fromMs = Date.parse(question.from)
  const untilMs = Date.parse(question.until)
  const stepMs = question.stepMinutes * 60_000
  if (!(untilMs > fromMs)) throw new Refusal('invalid_request', 'until must be after from')
  if ((untilMs - fromMs) / stepMs > MAX_STEPS) throw new Refusal('invalid_request', `at most ${MAX_STEPS} steps`)
  const service = await getRow(db, 'service', question.service)
  const subscriptionIds = new Set((await listSubscriptionsOf(db, service.accountId)).map(({ id }) => id))
  const readings = new Set<number>()
  const filter = { subscriptionIds, fromMs, untilMs, afterSeq: 0, throughSeq: Number.MAX_SAFE_INTEGER }
  const count = new Map<number, number>()
  for await (const records of engine.records(tenant.name, filter)) {
    for (const { service: key, type, startMs, change } of records) {
      if (key !== service.key || (question.type !== undefined && type !== question.type)) continue
      count.set(startMs, (count.get(startMs) ?? 0) + recordsOf(change))
    }
  }
  for (const [startMs, charges] of count) if (charges > 0) readings.add(startMs)
  const gaps = findGaps(readings, fromMs, untilMs, stepMs)
  return {
    service: service.key,
    expected: Math.ceil((untilMs - fromMs) / stepMs),
    missing: gaps.reduce((sum, gap) => sum + gap.missing, 0),
    gaps: gaps.slice(0, MAX_LISTED).map((gap) => ({
      from: new Date(gap.fromMs).toISOString(),
      until: new Date(gap.untilMs).toISOString(),
      missing: gap.missing,
    })),
  }
}
