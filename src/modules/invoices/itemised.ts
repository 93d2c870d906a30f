import { toCsvCell } from '../../core/base/csv.ts'
import { formatScaled } from '../../core/base/decimal.ts'
import { formatQuantity } from '../../core/base/quantity.ts'
import { printedPositions } from '../../core/invoicing/group-line.ts'
import { type EngineReads, readChange } from '../../engine/index.ts'
import type { ReadContext } from '../../platform/tenant.ts'
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

/** The records that an invoice bills as CSV: every usage line's, in the order of the lines. Charges are exact to the rating scale. */
export async function* itemisedCsv(
  engine: EngineReads,
  { db, tenant }: Pick<ReadContext, 'db' | 'tenant'>,
  invoice: store.Invoice,
): AsyncGenerator<string> {
  const catalog = await engine.catalog(tenant.name)
  yield `${COLUMNS.join(',')}\n`
  const printed = printedPositions(invoice.document.lines)
  for (const line of await store.linesOfInvoice(db, invoice.id)) {
    if (line.measures === null) continue
    const price = catalog.plans.get(line.planVersionId)?.prices.find(({ price: { code } }) => code === line.priceCode)
    if (price === undefined) throw new Error(`no price ${line.priceCode} for line ${line.id}`)
    for await (const record of recordsOfLine(engine, db, tenant.name, line)) {
      const end = Number.isNaN(record.endMs) ? '' : new Date(record.endMs).toISOString()
      const cells = [
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
      yield `${cells.map(toCsvCell).join(',')}\n`
    }
  }
}
