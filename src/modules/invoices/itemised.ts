import { toCsvCell } from '../../core/base/csv.ts'
import { formatScaled } from '../../core/base/decimal.ts'
import { formatQuantity } from '../../core/base/quantity.ts'
import type { DocumentLine } from '../../core/invoicing/document-line.ts'
import { printedPositions } from '../../core/invoicing/group-line.ts'
import { itemisedList, type PrintedCharge, type PrintedRecord } from '../../core/pages/itemised-list.ts'
import type { SheetList } from '../../core/pages/sheet.ts'
import type { CompiledPrice } from '../../core/rating/compiled-price.ts'
import { type ChargedRecord, type EngineReads, readChange } from '../../engine/index.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { MAX_SHEET_ROWS, writeXlsx } from '../../platform/xlsx.ts'
import type { Look } from '../brands/index.ts'
import { getRow } from '../parties/index.ts'
import { recordsOfLine } from './explain.ts'
import * as store from './store.ts'

const COLUMNS = [
  'line',
  'time',
  'end',
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
  'late',
  'correction',
]

/** As CSV, no cell of which a spreadsheet takes for a formula. */
export async function* itemisedCsv(...of: Parameters<typeof itemisedRows>): AsyncGenerator<string> {
  for await (const cells of itemisedRows(...of)) yield `${cells.map(toCsvCell).join(',')}\n`
}

/** As a workbook of one sheet. @throws Refusal where there are more records than a sheet has rows */
export async function itemisedXlsx(...of: Parameters<typeof itemisedRows>): Promise<Buffer> {
  const records = recordsOf(of[2])
  if (records >= MAX_SHEET_ROWS)
    throw new Refusal('unprocessable', `${records} records are more than a sheet has rows: take the CSV`)
  return writeXlsx(itemisedRows(...of), NUMERIC)
}

const NUMERIC = new Set(['line', 'quantity', 'charge'].map((name) => COLUMNS.indexOf(name)))

/** Records on paper, some 2,000 sheets: more are for programs. */
const MAX_PRINTED = 100_000

/** As sheets of paper, in the look of the document. @throws Refusal where there are more records than are printed */
export async function itemisedPaper(
  engine: EngineReads,
  context: Pick<ReadContext, 'db' | 'tenant'>,
  invoice: store.Invoice,
  look: Look,
): Promise<SheetList> {
  assertPrintable(recordsOf(invoice))
  const charges: (PrintedCharge & { readonly records: PrintedRecord[] })[] = []
  let count = 0
  for await (const { line, price, printed, records } of itemisedLines(engine, context, invoice)) {
    const own: PrintedRecord[] = []
    for await (const { change, ...record } of records) {
      assertPrintable(++count)
      const { startMs, endMs, service, type, source, id, quantity, amount } = record
      own.push({ startMs, endMs, service, type, source, id, quantity, amount, isCorrection: change !== null })
    }
    charges.push({
      ...{ position: printed?.position ?? line.position, description: printed?.description ?? line.description },
      ...{ cell: line.cell, price: line.priceCode, isLate: line.isLate, unit: price.meter.unit, records: own },
      ...{ quantityScale: price.meter.scale, ratingScale: price.ratingScale },
    })
  }
  const { zone } = await getRow(context.db, 'account', invoice.accountId)
  return itemisedList(invoice.document, look.brand, zone, charges)
}

function recordsOf({ document }: store.Invoice): number {
  return document.usage.reduce((sum, { records }) => sum + records, 0)
}

function assertPrintable(records: number): void {
  if (records <= MAX_PRINTED) return
  throw new Refusal('unprocessable', `more than ${MAX_PRINTED} records are not printed: take the XLSX or the CSV`)
}

/** The records that an invoice bills: every usage line's, in the order of the lines, below a head. Charges are exact to the rating scale. */
async function* itemisedRows(
  engine: EngineReads,
  context: Pick<ReadContext, 'db' | 'tenant'>,
  invoice: store.Invoice,
): AsyncGenerator<readonly string[]> {
  yield COLUMNS
  for await (const { line, price, printed, records } of itemisedLines(engine, context, invoice)) {
    for await (const record of records) {
      const end = Number.isNaN(record.endMs) ? '' : new Date(record.endMs).toISOString()
      yield [
        String(printed?.position ?? line.position),
        new Date(record.startMs).toISOString(),
        end,
        record.service,
        record.type,
        record.source,
        record.id,
        line.priceCode,
        line.cell,
        formatQuantity(record.quantity, price.meter.scale),
        price.meter.unit,
        formatScaled(record.amount, price.ratingScale),
        invoice.currency,
        String(line.isLate),
        record.change === null ? '' : readChange(record.change).part,
      ]
    }
  }
}

interface ItemisedLine {
  readonly line: store.InvoiceLineRow
  readonly price: CompiledPrice
  /** The line of the document that it is printed on. */
  readonly printed: DocumentLine | undefined
  readonly records: AsyncIterable<ChargedRecord>
}

/** The usage lines of an invoice, each with its records. */
async function* itemisedLines(
  engine: EngineReads,
  { db, tenant }: Pick<ReadContext, 'db' | 'tenant'>,
  invoice: store.Invoice,
): AsyncGenerator<ItemisedLine> {
  const catalog = await engine.catalog(tenant.name)
  const positions = printedPositions(invoice.document.lines)
  for (const line of await store.linesOfInvoice(db, invoice.id)) {
    if (line.measures === null) continue
    const price = catalog.plans.get(line.planVersionId)?.prices.find(({ price: { code } }) => code === line.priceCode)
    if (price === undefined) throw new Error(`no price ${line.priceCode} for line ${line.id}`)
    const records = recordsOfLine(engine, db, tenant.name, line)
    yield { line, price, printed: positions.get(line.id), records }
  }
}
