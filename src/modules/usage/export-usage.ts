import { toCsvCell } from '../../core/base/csv.ts'
import { formatScaled } from '../../core/base/decimal.ts'
import { formatQuantity } from '../../core/base/quantity.ts'
import { type EffectiveRecord, type EngineReads, readChange } from '../../engine/index.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { accountsNamed, getRow } from '../parties/index.ts'
import { listAccountKeysOf, listSubscriptionsOfAccounts } from '../subscriptions/index.ts'

/** Days that one question may span: longer ones are asked for piece by piece, and none holds a thread for long. */
const MAX_DAYS = 31
const DAY_MS = 86_400_000

export interface UsageExport {
  readonly account?: string | undefined
  readonly customer?: string | undefined
  readonly service?: string | undefined
  readonly type?: string | undefined
  readonly from: string
  readonly until: string
}

const COLUMNS = [
  'time',
  'end',
  'account',
  'service',
  'type',
  'source',
  'id',
  'price',
  'band',
  'quantity',
  'unit',
  'charge',
  'currency',
  'correction',
  'data',
]

/**
 * Usage of all services as CSV, a row for each price of a record as corrections have left it: what was reversed is left out, what was
 * corrected is as it was corrected. By the start of the records, in the order in which they were charged.
 */
export async function usageCsv(
  engine: EngineReads,
  { db, tenant }: ReadContext,
  question: UsageExport,
): Promise<AsyncGenerator<string>> {
  const [fromMs, untilMs] = [Date.parse(question.from), Date.parse(question.until)]
  if (!(untilMs > fromMs)) throw new Refusal('invalid_request', 'until must be after from')
  if (untilMs - fromMs > MAX_DAYS * DAY_MS)
    throw new Refusal('invalid_request', `at most ${MAX_DAYS} days: ask for one stretch after another`)
  const service = question.service === undefined ? undefined : await getRow(db, 'service', question.service)
  const accountIds = await accountsNamed(db, { ...question, account: question.account ?? service?.accountId })
  const subscriptionIds =
    accountIds === undefined ? null : new Set((await listSubscriptionsOfAccounts(db, accountIds)).map(({ id }) => id))
  const filter = { subscriptionIds, fromMs, untilMs, afterSeq: 0, throughSeq: Number.MAX_SAFE_INTEGER }
  const isWanted = (record: EffectiveRecord): boolean =>
    (service === undefined || record.service === service.key) &&
    (question.type === undefined || record.type === question.type)
  return csvOf(engine, db, tenant.name, engine.effective(tenant.name, filter), isWanted)
}

async function* csvOf(
  engine: EngineReads,
  db: Database,
  tenant: string,
  pages: AsyncGenerator<EffectiveRecord[]>,
  isWanted: (record: EffectiveRecord) => boolean,
): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\n`
  const { plans } = await engine.catalog(tenant)
  const accounts = new Map<string, string>()
  for await (const page of pages) {
    const records = page.filter(isWanted)
    const unknown = new Set(records.map(({ subscriptionId }) => subscriptionId).filter((id) => !accounts.has(id)))
    if (unknown.size > 0) for (const [id, key] of await listAccountKeysOf(db, [...unknown])) accounts.set(id, key)
    for (const record of records) {
      const { source, id, service, type, startMs, endMs, data, subscriptionId, change } = record
      for (const { planVersionId, priceCode, cell, measures, amount } of record.charges) {
        const price = plans.get(planVersionId)?.prices.find(({ price: { code } }) => code === priceCode)
        if (price === undefined) throw new Error(`no price ${priceCode} of plan version ${planVersionId}`)
        const cells = [
          new Date(startMs).toISOString(),
          Number.isNaN(endMs) ? '' : new Date(endMs).toISOString(),
          accounts.get(subscriptionId) ?? '',
          ...[service, type, source, id, priceCode, cell],
          formatQuantity(measures[0] ?? 0n, price.meter.scale),
          price.meter.unit,
          formatScaled(amount, price.ratingScale),
          price.currency,
          change === null ? '' : readChange(change).part,
          data,
        ]
        yield `${cells.map(toCsvCell).join(',')}\n`
      }
    }
  }
}
