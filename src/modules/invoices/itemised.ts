import { toCsvCell } from '../../core/base/csv.ts'
import { formatScaled } from '../../core/base/decimal.ts'
import { formatQuantity } from '../../core/base/quantity.ts'
import { printedPositions } from '../../core/invoicing/group-line.ts'
import { type EngineReads, readChange } from '../../engine/index.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { MAX_SHEET_ROWS, writeXlsx } from '../../platform/xlsx.ts'
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
  const records = of[2].document.usage.reduce((sum, { records: own }) => sum + own, 0)
  if (records >= MAX_SHEET_ROWS)
    throw new Refusal('unprocessable', `${records} records are more than a sheet has rows: take the CSV`)
  return writeXlsx(itemisedRows(...of), NUMERIC)
}

const NUMERIC = new Set(['line', 'quantity', 'charge'].map((name) => COLUMNS.indexOf(name)))

/** The records that an invoice bills: every usage line's, in the order of the lines, below a head. Charges are exact to the rating scale. */
async function* itemisedRows(
  engine: EngineReads,
  { db, tenant }: Pick<ReadContext, 'db' | 'tenant'>,
  invoice: store.Invoice,
): AsyncGenerator<readonly string[]> {
  const catalog = await engine.catalog(tenant.name)
  yield COLUMNS
  const printed = printedPositions(invoice.document.lines)
  for (const line of await store.linesOfInvoice(db, invoice.id)) {
    if (line.measures === null) continue
    const price = catalog.plans.get(line.planVersionId)?.prices.find(({ price: { code } }) => code === line.priceCode)
    if (price === undefined) throw new Error(`no price ${line.priceCode} for line ${line.id}`)
    for await (const record of recordsOfLine(engine, db, tenant.name, line)) {
      const end = Number.isNaN(record.endMs) ? '' : new Date(record.endMs).toISOString()
      yield [
        String(printed.get(line.id)?.position ?? line.position),
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
