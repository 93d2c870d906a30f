import { currencyOf } from '../../core/base/currency.ts'
import { decimal, formatDecimal, formatScaled } from '../../core/base/decimal.ts'
import { parseNumbersAsTexts } from '../../core/base/numbers-as-texts.ts'
import { formatQuantity } from '../../core/base/quantity.ts'
import type { Language } from '../../core/words/languages.ts'
import { phrase } from '../../core/words/words.ts'
import type { EffectiveRecord, EngineReads } from '../../engine/index.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { getPlanVersion } from '../catalog/index.ts'
import { listCorrections } from '../corrections/index.ts'
import { getRow } from '../parties/index.ts'
import { getSubscription } from '../subscriptions/index.ts'
import { findSuspended } from '../usage/index.ts'
import { lineOfCharge } from './charge-line-store.ts'

/** Where a record went: its charges with the documents that bill them, why it is in suspense, or that it is retracted. */
export async function explainRecord(
  engine: EngineReads,
  context: ReadContext,
  named: { readonly source: string; readonly id: string; readonly timeMs: number | null },
  language: Language | undefined,
): Promise<object> {
  const { db, tenant } = context
  const { source, id, timeMs } = named
  const trace = (await listCorrections(db, { limit: 100, source, recordId: id })).map(
    ({ action, reason, createdAt }) => ({
      action,
      reason,
      at: createdAt,
    }),
  )
  const found = await engine.findRecord(tenant.name, source, id, timeMs).catch((error: unknown) => error)
  if (found instanceof Refusal) {
    const suspended = await findSuspended(db, source, id)
    if (found.extra['state'] === 'retracted')
      return { source, id, state: 'retracted', corrections: trace, text: phrase(language ?? 'en', 'retracted') }
    if (suspended === undefined) throw found
    const { reason, detail } = suspended
    const text = phrase(language ?? 'en', 'suspended', reason, detail)
    return { source, id, state: 'suspended', suspense: { id: suspended.id, reason, detail }, corrections: trace, text }
  }
  if (found instanceof Error) throw found
  return toView(engine, context, found as EffectiveRecord, trace, language)
}

async function toView(
  engine: EngineReads,
  { db, tenant }: ReadContext,
  record: EffectiveRecord,
  trace: readonly { action: string; reason: string }[],
  asked: Language | undefined,
): Promise<object> {
  const subscription = await getSubscription(db, record.subscriptionId)
  const account = await getRow(db, 'account', subscription.accountId)
  const language = asked ?? (await getRow(db, 'customer', account.customerId)).language
  const catalog = await engine.catalog(tenant.name)
  const { ratingScale } = currencyOf(account.currency)
  const time = new Date(record.startMs).toISOString()
  const text = [phrase(language, 'record', record.id, record.source, record.type, time)]
  for (const { reason } of trace) text.push(phrase(language, 'corrected', reason))
  const charges: object[] = []
  for (const charge of record.charges) {
    const plan = await getPlanVersion(db, charge.planVersionId)
    const price = catalog.plans
      .get(charge.planVersionId)
      ?.prices.find(({ price: { code } }) => code === charge.priceCode)
    const { unit = '', scale = 0 } = price?.meter ?? {}
    const quantity = formatQuantity(charge.measures[0] as bigint, scale)
    const amount = formatDecimal(decimal(formatScaled(charge.amount, ratingScale)))
    const line = await lineOfCharge(db, { ...charge, subscriptionId: record.subscriptionId, seq: record.seq })
    const name = price?.price.name ?? charge.priceCode
    text.push(
      phrase(
        language,
        'charged',
        name,
        `${plan.code} v${plan.version}`,
        `${amount} ${account.currency}`,
        quantity,
        unit,
      ),
    )
    text.push(line === undefined ? phrase(language, 'unbilled') : phrase(language, 'billed', line.number))
    charges.push({
      plan: { code: plan.code, version: plan.version },
      price: charge.priceCode,
      cell: charge.cell === '' ? null : charge.cell,
      period: charge.periodStart,
      quantity,
      unit,
      amount,
      currency: account.currency,
      line: line ?? null,
    })
  }
  const { source, id, service, type, data, seq } = record
  const shown = { source, id, service, type, time, data: parseNumbersAsTexts(data), segment: seq }
  const owner = { account: account.key, subscription: subscription.key }
  return { ...shown, state: 'charged', ...owner, charges, corrections: trace, text: text.join('\n') }
}
