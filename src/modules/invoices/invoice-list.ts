import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { present } from '../../core/base/assert.ts'
import { formatMinor } from '../../core/base/money.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { day } from '../../platform/http/dates.ts'
import {
  amountQuery,
  currencyQuery,
  type ListPage,
  type ListRows,
  listPage,
  listQuery,
  withAmounts,
  withText,
} from '../../platform/http/list-page.ts'
import { metadataQuery, withMetadata } from '../../platform/http/metadata.ts'
import {
  type AccountNames,
  accountNames,
  accountQuery,
  accountsNamed,
  expandQuery,
  expansionsOfAccount,
  ofAccounts,
} from '../parties/index.ts'
import { INVOICE_STATES } from './answers.ts'
import { findInvoicesByNumber, type Invoice } from './store.ts'

export const invoiceQuery = z.object({
  ...listQuery,
  ...accountQuery,
  state: z
    .enum([...INVOICE_STATES, 'open', 'overdue'])
    .optional()
    .describe('`open` is issued or partially paid, and `overdue` is open after the day on which it was due'),
  kind: z.enum(['invoice', 'credit_note', 'debit_note']).optional(),
  currency: currencyQuery,
  number: z.string().min(1).max(64).optional().describe('As it is printed: INV-000001'),
  from: day.optional().describe('Issued on this day or later'),
  until: day.optional().describe('Issued before this day'),
  ...amountQuery('minTotal', 'maxTotal'),
  ...metadataQuery,
  ...expandQuery(expansionsOfAccount),
})
type InvoiceQuery = z.output<typeof invoiceQuery>

/** A document with what is settled of it, and the state that follows from the total, what is settled, and the day. */
type StatedInvoice = Invoice & {
  readonly settledMinor: string
  readonly writtenOffMinor: string
  readonly disputedMinor: string
  readonly state: (typeof INVOICE_STATES)[number]
  readonly isOverdue: boolean
}

/** The rule for the state of a document `row` is here alone: lists are narrowed by it, and answers show it. */
function stateRule(
  db: Database,
  today: string,
): Readonly<Record<'settled' | 'writtenOff' | 'disputed' | 'state' | 'isOpen' | 'isOverdue', RawBuilder<unknown>>> {
  const allocated = db.selectFrom('allocation').select(sql`coalesce(sum(amount_minor), 0)`.as('minor'))
  const settled = sql`(${allocated.where('allocation.invoiceId', '=', sql.ref<string>('row.id'))})`
  const givenUp = allocated
    .innerJoin('payment', 'payment.id', 'allocation.paymentId')
    .where('payment.method', '=', 'write_off')
    .clearSelect()
    .select(sql`coalesce(sum(allocation.amount_minor), 0)`.as('minor'))
  const writtenOff = sql`(${givenUp.where('allocation.invoiceId', '=', sql.ref<string>('row.id'))})`
  const inDispute = db.selectFrom('dispute').select(sql`coalesce(sum(amount_minor), 0)`.as('minor'))
  const ofRow = inDispute
    .where('dispute.invoiceId', '=', sql.ref<string>('row.id'))
    .where('dispute.status', '=', 'open')
  const disputed = sql`greatest(least((${ofRow}), "row".total_minor - ${settled}), 0)`
  const isVoid = sql`exists (${db
    .selectFrom('documentRequest')
    .select('invoiceId')
    .where('correctsId', '=', sql.ref<string>('row.id'))
    .where('documentRequest.kind', '=', 'void')})`
  const isOpen = sql`("row".kind <> 'credit_note' and ${settled} < "row".total_minor)`
  return {
    settled,
    writtenOff,
    disputed,
    state: sql`case when "row".kind = 'credit_note' then 'issued' when ${isVoid} then 'void'
      when not ${isOpen} then case when ${writtenOff} > 0 then 'written_off' else 'paid' end
      when ${settled} > ${writtenOff} then 'partially_paid' else 'issued' end`,
    isOpen,
    isOverdue: sql`(${isOpen} and "row".due_on < ${today}::date and ${settled} + ${disputed} < "row".total_minor)`,
  }
}

function stated(db: Database, rows: ListRows, today: string): ListRows {
  const { settled, writtenOff, disputed, state, isOverdue } = stateRule(db, today)
  return rows.select([
    settled.as('settledMinor'),
    writtenOff.as('writtenOffMinor'),
    disputed.as('disputedMinor'),
    state.as('state'),
    isOverdue.as('isOverdue'),
  ])
}

/** @param today a day in UTC, after whose due days documents are overdue. */
export async function listInvoicePage(db: Database, query: InvoiceQuery, today: string): Promise<ListPage<object>> {
  const accountIds = await accountsNamed(db, query)
  const numbered = query.number === undefined ? undefined : await findInvoicesByNumber(db, query.number)
  const page = await listPage<StatedInvoice>(db, query, {
    table: 'invoice',
    madeAt: 'issuedAt',
    narrow: (rows) => {
      const narrowed = withMetadata(ofAccounts(rows, accountIds), query.metadata)
      return numbered === undefined ? narrowed : narrowed.where('id', '=', anyOf(numbered.map(({ id }) => id)))
    },
    keep: (rows) => stated(db, kept(db, rows, query, today), today),
  })
  return { ...page, items: await toViews(db, page.items) }
}

/** A document as lists show it. */
export async function viewInvoice(db: Database, id: string, today: string): Promise<object> {
  const rows = db.selectFrom('invoice as row').selectAll('row').where('row.id', '=', id)
  const found = await stated(db, rows, today).executeTakeFirstOrThrow()
  return (await toViews(db, [found]))[0] as object
}

/** The state that follows from what is settled of a document. @param today after which day it is overdue */
export async function invoiceState(
  db: Database,
  id: string,
  today: string,
): Promise<Pick<StatedInvoice, 'state' | 'isOverdue'>> {
  const rows = db.selectFrom('invoice as row').selectAll('row').where('row.id', '=', id)
  return (await stated(db, rows, today).executeTakeFirstOrThrow()) as StatedInvoice
}

function kept(db: Database, rows: ListRows, query: InvoiceQuery, today: string): ListRows {
  const { state, kind, currency, from, until, minTotal, maxTotal, text } = query
  let found = withAmounts(rows, 'totalMinor', { minTotal, maxTotal }, currency)
  if (kind !== undefined) found = found.where('row.kind', '=', kind)
  if (currency !== undefined) found = found.where('row.currency', '=', currency)
  if (from !== undefined) found = found.where('row.issuedOn', '>=', from)
  if (until !== undefined) found = found.where('row.issuedOn', '<', until)
  if (state !== undefined) {
    const rule = stateRule(db, today)
    if (state === 'open') found = found.where(sql<boolean>`${rule.isOpen}`)
    else if (state === 'overdue') found = found.where(sql<boolean>`${rule.isOverdue}`)
    else found = found.where(sql<boolean>`${rule.state} = ${state}`)
  }
  if (text === undefined) return found
  const named = found
    .innerJoin('account', 'account.id', 'row.accountId')
    .innerJoin('customer', 'customer.id', 'account.customerId')
  return withText(named, text, ['row.series', 'account.key', 'customer.key', 'customer.name'])
}

async function toViews(db: Database, invoices: readonly StatedInvoice[]): Promise<object[]> {
  const names = await accountNames(
    db,
    invoices.map(({ accountId }) => accountId),
  )
  return invoices.map((invoice) => toView(invoice, present(names.get(invoice.accountId), 'an account')))
}

function toView(invoice: StatedInvoice, names: AccountNames): object {
  const { id, kind, accountId, billingDay, purpose, currency, issuedOn, dueOn, state, isOverdue, document } = invoice
  const { metadata } = invoice
  const [total, settled] = [BigInt(invoice.totalMinor), BigInt(invoice.settledMinor)]
  const writtenOff = BigInt(invoice.writtenOffMinor)
  const disputed = kind === 'credit_note' ? 0n : BigInt(invoice.disputedMinor)
  const open = kind === 'credit_note' || settled >= total ? 0n : total - settled
  return {
    ...{ id, number: document.number, kind, accountId, ...names, billingDay, purpose },
    ...{ part: document.part?.value ?? null, period: document.period },
    ...{ currency, issuedOn, dueOn, state, isOverdue },
    total: formatMinor(total, currency),
    paid: formatMinor(settled - writtenOff, currency),
    writtenOff: formatMinor(writtenOff, currency),
    open: formatMinor(open, currency),
    disputed: formatMinor(disputed, currency),
    askable: formatMinor(open - disputed, currency),
    metadata,
  }
}
