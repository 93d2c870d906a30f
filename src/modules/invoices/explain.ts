import { currencyOf } from '../../core/base/currency.ts'
import { decimal, formatScaled } from '../../core/base/decimal.ts'
import { formatExact } from '../../core/base/exact.ts'
import { formatMinor } from '../../core/base/money.ts'
import { parseNumbersAsTexts } from '../../core/base/numbers-as-texts.ts'
import { startOfDayMs } from '../../core/base/period.ts'
import { formatQuantity } from '../../core/base/quantity.ts'
import { printedPositions } from '../../core/invoicing/group-line.ts'
import type { IncludedUnits } from '../../core/invoicing/included-units.ts'
import { targetKey } from '../../core/invoicing/invoice-lines.ts'
import { runsOn } from '../../core/metering/series.ts'
import { ownPart } from '../../core/rating/carried-usage.ts'
import { elementOfKey } from '../../core/rating/compiled-price.ts'
import { explainAmount } from '../../core/rating/explain-amount.ts'
import type { Language } from '../../core/words/languages.ts'
import { ANY_TIME, type ChargedRecord, type EngineReads, readChange, recordsOf } from '../../engine/index.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { getPlanVersion } from '../catalog/index.ts'
import { getRow } from '../parties/index.ts'
import { type ExplainedLine, textOfLine } from './explain-text.ts'
import * as store from './store.ts'

/** From an invoice line to the price version, the parts of the price, the records and the rounding. */
export async function explainLine(
  engine: EngineReads,
  { db, tenant }: ReadContext,
  lineId: string,
  recordLimit: number,
  language?: Language,
): Promise<object> {
  const line = await store.findLine(db, lineId)
  if (line === undefined) throw new Refusal('not_found', `no invoice line ${lineId}`)
  const invoice = (await store.findInvoice(db, line.invoiceId)) as store.Invoice
  const plan = line.planVersionId === null ? null : await getPlanVersion(db, line.planVersionId)
  const price = plan?.content.prices.find(({ code }) => code === line.priceCode)
  const before = line.kind === 'credit' ? 0n : await billedBeforeLine(db, line)
  const shared = {
    line: line.id,
    invoice: invoice.document.number,
    description: line.description,
    isLate: line.isLate,
    period: {
      from: line.periodStart,
      until: line.periodEnd,
    },
    plan: plan === null ? null : { code: plan.code, version: plan.version, versionId: plan.id, price },
    rounding: {
      exactAmount: line.exactAmount,
      roundedTo: `${currencyOf(invoice.currency).minorDigits} digits, half-up`,
      billedBefore: formatMinor(before, invoice.currency),
      amount: formatMinor(BigInt(line.amountMinor), invoice.currency),
      currency: invoice.currency,
    },
    ...sharedLine(invoice, line.id),
    ...(line.basis === null ? {} : { basis: line.basis }),
    ...(line.adjustment === '' && line.kind !== 'credit'
      ? { loweredBy: await loweredBy(db, line, invoice.currency) }
      : {}),
  }
  const usage = line.measures === null ? {} : await explainUsage(engine, { db, tenant }, line, recordLimit)
  const explained = { ...shared, ...usage, ...includedFor(invoice, line, usage) }
  return { ...explained, text: textOfLine(language ?? invoice.document.language, explained as ExplainedLine) }
}

/** The line of the invoice, where several rates are printed on one: its amounts, and every rate by the id that explains it. */
function sharedLine({ document }: store.Invoice, id: string): object {
  const printed = printedPositions(document.lines).get(id)
  const parts = (printed?.parts ?? []).filter((part) => part.line !== undefined)
  if (printed === undefined || parts.length === 0) return {}
  const { position, description, quantity, unit, exactAmount, billedBefore = '0', amount } = printed
  const rates = parts.map((part) => ({
    line: part.line,
    label: part.label,
    quantity: part.quantity,
    amount: part.amount,
  }))
  return { invoiceLine: { position, description, quantity, unit, exactAmount, billedBefore, amount, rates } }
}

/** Caps and discounts on the same document that lower what this line charges. */
async function loweredBy(db: ReadContext['db'], line: store.InvoiceLineRow, currency: string): Promise<object[]> {
  const keyOf = (row: store.InvoiceLineRow): string => targetKey({ ...row, period: { start: row.periodStart } })
  return (await store.linesOfInvoice(db, line.invoiceId))
    .filter((other) => other.adjustment !== '' && keyOf(other) === keyOf(line))
    .map(({ id, kind, description, amountMinor, basis }) => ({
      line: id,
      kind,
      description,
      amount: formatMinor(BigInt(amountMinor), currency),
      basis,
    }))
}

/** Units of the document that cover usage of the same unit. */
function includedFor(
  { document }: store.Invoice,
  { id }: store.InvoiceLineRow,
  { meter }: { readonly meter?: { readonly unit: string } },
): { included?: readonly IncludedUnits[] } {
  if (meter === undefined || document.included === undefined) return {}
  const owner = printedPositions(document.lines).get(id)?.subscription
  const included = document.included.filter(
    ({ unit, subscription }) => unit === meter.unit && (subscription === null || subscription === owner),
  )
  return included.length === 0 ? {} : { included }
}

async function billedBeforeLine(db: ReadContext['db'], line: store.InvoiceLineRow): Promise<bigint> {
  let sum = 0n
  for (
    let previous = await store.previousLine(db, line);
    previous !== undefined;
    previous = await store.previousLine(db, previous)
  ) {
    sum += BigInt(previous.amountMinor)
  }
  return sum
}

async function explainUsage(
  engine: EngineReads,
  { db, tenant }: Pick<ReadContext, 'db' | 'tenant'>,
  line: store.InvoiceLineRow,
  recordLimit: number,
): Promise<Record<string, unknown> & { readonly meter: Record<'code' | 'unit' | 'aggregator', string> }> {
  const catalog = await engine.catalog(tenant.name)
  const price = catalog.plans.get(line.planVersionId)?.prices.find(({ price: { code } }) => code === line.priceCode)
  const cell = price === undefined ? undefined : elementOfKey(price, line.cell)
  if (price === undefined || cell === undefined) throw new Error(`no price ${line.priceCode} for line ${line.id}`)
  const measures = (line.measures ?? []).map(BigInt)
  const { scale, code, unit } = price.meter
  const records: object[] = []
  let count = 0
  let quantity = 0n
  for await (const record of recordsOfLine(engine, db, tenant.name, line)) {
    count += recordsOf(record.change)
    quantity += record.quantity
    if (records.length < recordLimit) records.push(toRecordView(record, scale, price.ratingScale))
  }
  return {
    meter: { code, unit, aggregator: price.meter.aggregator },
    cell: line.cell === '' ? null : line.cell,
    model: cell.terms.model,
    aggregate: { quantity: formatQuantity(ownPart(cell.measures, measures)[0] ?? 0n, scale), unit },
    parts: explainAmount(price, cell, measures).map((part) => ({
      label: part.label,
      units: formatQuantity(part.units, price.scales.quantityScale),
      unitAmount: part.unitAmount,
      flatAmount: part.flatAmount,
      per: part.isCounted === true ? '1' : (price.price.per ?? '1'),
      amount: formatExact(part.exactAmount),
    })),
    thisLine: { records: count, quantity: formatQuantity(quantity, scale) },
    records,
    recordsShown: records.length,
  }
}

function toRecordView(record: ChargedRecord, quantityScale: number, ratingScale: number): object {
  const { source, id, service, type, startMs, data, seq } = record
  return {
    source,
    id,
    service,
    type,
    time: new Date(startMs).toISOString(),
    data: parseNumbersAsTexts(data),
    quantity: formatQuantity(record.quantity, quantityScale),
    charge: trim(formatScaled(record.amount, ratingScale)),
    segment: seq,
    ...(record.change === null ? {} : { correction: readChange(record.change) }),
  }
}

function trim(text: string): string {
  return decimal(text).scale === 0 ? text : text.replace(/\.?0+$/, '')
}

/** The records that a line bills: those charged since the line before it, up to this one. */
export async function* recordsOfLine(
  engine: EngineReads,
  db: ReadContext['db'],
  tenantName: string,
  line: store.InvoiceLineRow,
): AsyncGenerator<ChargedRecord> {
  const previous = await store.previousLine(db, line)
  const account = await getRow(db, 'account', line.accountId)
  const { plans } = await engine.catalog(tenantName)
  const price = plans.get(line.planVersionId)?.prices.find(({ price: { code } }) => code === line.priceCode)
  const isOfPeriod = price === undefined || !runsOn(price.meter)
  const days = {
    fromMs: startOfDayMs(line.periodStart, account.zone),
    untilMs: startOfDayMs(line.periodEnd, account.zone),
  }
  const filter = {
    subscriptionIds: new Set([line.subscriptionId]),
    ...(isOfPeriod ? days : ANY_TIME),
    afterSeq: Number(previous?.throughSeq ?? 0n),
    throughSeq: Number(line.throughSeq ?? 0n),
  }
  const isOfLine = (record: ChargedRecord): boolean =>
    record.planVersionId === line.planVersionId &&
    record.priceCode === line.priceCode &&
    record.cell === line.cell &&
    record.periodStart === line.periodStart
  for await (const records of engine.records(tenantName, filter)) yield* records.filter(isOfLine)
}
