import { ReadingSeries, stepsBetween } from '../../core/mediation/gaps.ts'
import { type EngineReads, recordsOf } from '../../engine/index.ts'
import { keepOnPage, type ListPage } from '../../platform/http/list-page.ts'
import { MAX_PAGE } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { getRow, type KindQuery, listKind, type Service, serviceKind } from '../parties/index.ts'
import { listSubscriptionsOfAccounts } from '../subscriptions/index.ts'

/** Steps that one question may span: thirty years of half-hours. */
const MAX_STEPS = 530_000
/** Steps of all services of a page together: 20 MB, or 500 services with 10,000 readings each. */
const MAX_STEPS_OF_PAGE = 5_000_000
/** Gaps that an answer lists of one service, and of each service of a page. */
const MAX_LISTED = 1_000
const MAX_LISTED_OF_EACH = 100

/** What regular readings are looked for. */
export interface GapQuestion {
  readonly type?: string | undefined
  readonly from: string
  readonly until: string
  readonly stepMinutes: number
}

/** Which readings of a service are missing between two instants, by what the journal has charged. Nothing is invented. */
export async function reportGaps(
  engine: EngineReads,
  context: ReadContext,
  { service: reference, ...question }: GapQuestion & { readonly service: string },
): Promise<object> {
  const grid = gridOf(question)
  const service = await getRow(context.db, 'service', reference)
  const [series] = await readSeries(engine, context, [service], grid)
  return { service: service.key, ...viewOf(series as ReadingSeries, MAX_LISTED) }
}

/**
 * The same of a page of services. A page is short where its services have many steps together; the cursor continues after it.
 * All of its services are found in one pass over the journal.
 */
export async function reportGapsOfServices(
  engine: EngineReads,
  context: ReadContext,
  query: KindQuery & GapQuestion & { readonly incomplete?: 'true' | undefined },
): Promise<ListPage<object>> {
  const grid = gridOf(query)
  const most = Math.max(1, Math.floor(MAX_STEPS_OF_PAGE / grid.steps))
  const isNarrowed = query.incomplete === 'true'
  const limit = Math.min(isNarrowed ? MAX_PAGE : query.limit, most)
  const page = await listKind(context.db, serviceKind, { ...query, limit }, context.nowMs)
  const services = page.items as (Service & object)[]
  const series = await readSeries(engine, context, services, grid)
  const items = services.map(({ id, key, ...row }, at) => {
    const { account, customer, customerName } = row as unknown as Readonly<Record<string, string>>
    const owner = { account, customer, customerName }
    return { id, service: key, ...owner, ...viewOf(series[at] as ReadingSeries, MAX_LISTED_OF_EACH) }
  })
  const told = { ...page, items }
  return isNarrowed ? keepOnPage(told, query, ({ missing }) => missing > 0) : told
}

interface Grid {
  readonly type: string | undefined
  readonly fromMs: number
  readonly untilMs: number
  readonly stepMs: number
  readonly steps: number
}

function gridOf({ type, from, until, stepMinutes }: GapQuestion): Grid {
  const [fromMs, untilMs] = [Date.parse(from), Date.parse(until)]
  const stepMs = stepMinutes * 60_000
  if (!(untilMs > fromMs)) throw new Refusal('invalid_request', 'until must be after from')
  const steps = stepsBetween(fromMs, untilMs, stepMs)
  if (steps > MAX_STEPS) throw new Refusal('invalid_request', `at most ${MAX_STEPS} steps`)
  return { type, fromMs, untilMs, stepMs, steps }
}

/** A service is expected to report in the whole steps in which it is there. */
function seriesOf({ validFrom, validUntil }: Service, { fromMs, untilMs, stepMs }: Grid): ReadingSeries {
  const before = stepsBetween(fromMs, validFrom.getTime(), stepMs)
  return new ReadingSeries(fromMs + before * stepMs, Math.min(untilMs, validUntil?.getTime() ?? untilMs), stepMs)
}

/** The readings of some services, in their order. */
async function readSeries(
  engine: EngineReads,
  { db, tenant }: ReadContext,
  services: readonly Service[],
  grid: Grid,
): Promise<ReadingSeries[]> {
  const all = services.map((service) => seriesOf(service, grid))
  if (services.length === 0) return all
  // A key may be of several services, one after another.
  const byKey = Map.groupBy(all, (_, at) => (services[at] as Service).key)
  const accountIds = [...new Set(services.map(({ accountId }) => accountId))]
  const subscriptionIds = new Set((await listSubscriptionsOfAccounts(db, accountIds)).map(({ id }) => id))
  const { type: wanted, fromMs, untilMs } = grid
  const filter = { subscriptionIds, fromMs, untilMs, afterSeq: 0, throughSeq: Number.MAX_SAFE_INTEGER }
  for await (const records of engine.records(tenant.name, filter))
    for (const { service, type, startMs, change } of records)
      if (wanted === undefined || type === wanted)
        for (const series of byKey.get(service) ?? []) series.add(startMs, recordsOf(change))
  return all
}

function viewOf(series: ReadingSeries, mostListed: number): { expected: number; missing: number; gaps: object[] } {
  const gaps = series.gaps()
  return {
    expected: series.expected,
    missing: gaps.reduce((sum, gap) => sum + gap.missing, 0),
    gaps: gaps.slice(0, mostListed).map((gap) => ({
      from: new Date(gap.fromMs).toISOString(),
      until: new Date(gap.untilMs).toISOString(),
      missing: gap.missing,
    })),
  }
}
