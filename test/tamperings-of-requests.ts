import type { Client, Json } from '../src/cli/client.ts'
import { AS_SEALED, accountOf, type Tampering } from './tampering.ts'

/** Somebody with all that people ask for: credits, a refund that was sent and one that is due, voids, drafts, holds, and security. */
export async function makeRequested(client: Client): Promise<void> {
  const account = 'asked'
  const lines = [{ description: 'A visit', unitPrice: '30.00' }]
  const made = await client.post<Json>('/v1/one-off-invoices', { key: 'visit', account, lines })
  const visit = `/v1/invoices/${String(made['invoiceId'])}`
  const payment = { key: 'p-asked', account, method: 'bank', currency: 'EUR', amount: '100.00' }
  await client.post('/v1/payments', payment)
  const note = { reason: 'goodwill', money: 'refund' }
  const { refund } = await client.post<{ refund: Json }>(`${visit}/credit-notes`, {
    ...note,
    key: 'c1',
    amount: '5.00',
  })
  await client.post(`/v1/refunds/${String(refund['id'])}/sent`, { method: 'bank', reference: 'T-1' })
  await client.post(`${visit}/credit-notes`, { ...note, key: 'c2', amount: '2.00' })
  const documents = await client.list<Json>(`/v1/invoices?account=${account}`)
  const bill = documents.find(({ id, kind }) => kind === 'invoice' && id !== made['invoiceId'])
  await client.post(`/v1/invoices/${String(bill?.['id'])}/void`, { key: 'v1', reason: 'other', rebill: true })
  const review = { values: { over: { EUR: '5.00' }, needsApproval: ['over_threshold'] } }
  await client.post('/v1/settings/invoice-review', review, 'PUT')
  const draft = await client.post<Json>('/v1/one-off-invoices', { key: 'later', account, lines, draft: true })
  const released = await client.post<Json>('/v1/invoice-holds', { account, reason: 'asked by phone' })
  await client.post(`/v1/invoice-holds/${String(released['id'])}/release`, {})
  await client.post('/v1/invoice-holds', { draft: draft['draftId'], reason: 'asked once more' })
  await client.post(`/v1/drafts/${String(draft['draftId'])}/approval`, { total: '30.00' })
  await client.post('/v1/settings/invoice-review', undefined, 'DELETE')
  await client.post('/v1/pro-forma-invoices', { key: 'offer', account, lines })
  const security = { account, reason: 'a device', method: 'cash' }
  await client.post('/v1/deposit-entries', { ...security, key: 'd1', kind: 'taken', amount: '9.00' })
  await client.post('/v1/deposit-entries', { ...security, key: 'd2', kind: 'released', amount: '3.00' })
  const large = [{ description: 'A move', unitPrice: '500.00' }]
  const { invoiceId } = await client.post<Json>('/v1/one-off-invoices', { key: 'move', account, lines: large })
  const used = { key: 'd3', kind: 'applied', account, reason: 'unpaid', invoice: invoiceId, amount: '1.00' }
  await client.post('/v1/deposit-entries', used)
  const move = `/v1/invoices/${String(invoiceId)}`
  await client.post(`${move}/disputes`, { key: 'q1', reason: 'other', lines: [{ line: 1, amount: '4.00' }] })
  await client.post('/v1/disputes/q1/reject', { reason: 'it was ordered' })
  await client.post(`${move}/disputes`, { key: 'q2', reason: 'quality', lines: [{ line: 1, amount: '5.00' }] })
  const limits = { approvalLimits: {}, documentLimits: { credit_note: { EUR: '1.00' } } }
  const before = await client.get<Json>('/v1/charging/settings')
  await client.post('/v1/charging/settings', { ...before, ...limits }, 'PUT')
  await client.post(`${visit}/credit-notes`, { key: 'c3', reason: 'goodwill', amount: '2.00' })
  await client.post('/v1/charging/settings', before, 'PUT')
}

const OF_ASKED = `account_id = ${accountOf('asked')}`
const row = (what: string, table: string, where: string, set: string, named: RegExp): Tampering => ({
  ...{ what, table, where: `${where} and ${OF_ASKED}`, set, named },
  found: AS_SEALED,
})
const gone = (what: string, table: string, where: string, named: RegExp): Tampering => ({
  ...{ what, table, where: `${where} and ${OF_ASKED}`, named },
  found: AS_SEALED,
})
const DEPOSITS = 'deposits = taken − applied − released, as the ledger has them'

/** What people asked for and said: of documents, of money that goes back, of security. */
export const REQUEST_TAMPERINGS: readonly Tampering[] = [
  {
    what: 'a credit of a commit took less of its money back',
    table: 'commit_credit',
    where: 'true',
    set: 'taken_minor = 0',
    found: AS_SEALED,
    named: /^credit of commit that was taken back .* was changed/,
  },
  {
    what: 'a credit of a commit is over more',
    table: 'commit_credit',
    where: 'true',
    set: 'amount_minor = 10000',
    found: 'what credits of commits took back is in the ledger',
    named: /^line \S+ credits 4000, not 10000/,
  },
  row(
    'a credit note is for another reason',
    'document_request',
    `key = 'c1'`,
    `reason_code = 'duplicate'`,
    /^request of document .* was changed/,
  ),
  row(
    'the money of a credit note goes elsewhere',
    'document_request',
    `key = 'c1'`,
    `money = 'balance'`,
    /^request of document .* was changed/,
  ),
  row(
    'somebody else asked for a void',
    'document_request',
    `key = 'v1'`,
    `requested_by = 'nobody'`,
    /^request of document .* was changed/,
  ),
  row(
    'what is void is not billed anew',
    'document_request',
    `key = 'v1'`,
    'rebill = false',
    /^request of document .* was changed/,
  ),
  gone(
    'a request of a credit note is deleted',
    'document_request',
    `key = 'c2'`,
    /^request of document .* was taken away/,
  ),
  row(
    'a line credits nothing',
    'invoice_line',
    'credits_line_id is not null',
    'credits_line_id = null',
    /^credits of lines .* was taken away/,
  ),
  row(
    'a line that is void counts as billed',
    'invoice_line',
    'is_unbilled',
    'is_unbilled = false',
    /^lines that count as never billed .* was taken away/,
  ),
  row('more is paid back', 'refund', 'sent_at is null', 'amount_minor = amount_minor + 100', /^refund \S+ was changed/),
  {
    ...row('more is paid back', 'refund', 'sent_at is null', 'amount_minor = amount_minor + 100', /./),
    found: 'what is to be paid back is in the ledger',
  },
  row(
    'a refund was sent elsewhere',
    'refund',
    'sent_at is not null',
    `reference = 'T-2'`,
    /^refund that was sent .* was changed/,
  ),
  row(
    'a refund was never sent',
    'refund',
    'sent_at is not null',
    'sent_at = null, sent_on = null',
    /^refund that was sent .* was taken away/,
  ),
  gone('a refund is deleted', 'refund', 'sent_at is null', /^refund \S+ was taken away/),
  row(
    'a draft was approved for another amount',
    'draft_approval',
    'true',
    'total_minor = total_minor + 100',
    /^approval of draft .* was changed/,
  ),
  row(
    'somebody else approved of a draft',
    'draft_approval',
    'true',
    `approved_by = 'nobody'`,
    /^approval of draft .* was changed/,
  ),
  gone('an approval is deleted', 'draft_approval', 'true', /^approval of draft .* was taken away/),
  row(
    'a hold has another reason',
    'issue_hold',
    'released_at is null',
    `reason = 'none'`,
    /^hold on documents .* was changed/,
  ),
  row(
    'a hold was never released',
    'issue_hold',
    'released_at is not null',
    'released_at = null, released_by = null, released_by_person = null',
    /^release of hold .* was taken away/,
  ),
  gone('a hold is deleted', 'issue_hold', 'released_at is null', /^hold on documents .* was taken away/),
  row(
    'somebody else released a hold',
    'issue_hold',
    'released_at is not null',
    `released_by = 'nobody'`,
    /^release of hold .* was changed/,
  ),
  row(
    'more security was taken',
    'deposit_entry',
    `key = 'd1'`,
    'amount_minor = amount_minor + 100',
    /^entry of deposit .* was changed/,
  ),
  {
    ...row(
      'more security was taken',
      'deposit_entry',
      `key = 'd1'`,
      'amount_minor = amount_minor + 100',
      /600 are held, 500 in the ledger/,
    ),
    found: DEPOSITS,
  },
  row(
    'less of a deposit was applied',
    'deposit_entry',
    `key = 'd3'`,
    'amount_minor = amount_minor - 50',
    /^entry of deposit .* was changed/,
  ),
  {
    ...row(
      'less of a deposit was applied',
      'deposit_entry',
      `key = 'd3'`,
      'amount_minor = amount_minor - 50',
      /550 are held, 500 in the ledger/,
    ),
    found: DEPOSITS,
  },
  row(
    'what was applied of a deposit was released',
    'deposit_entry',
    `key = 'd3'`,
    `kind = 'released', payment_id = null`,
    /^entry of deposit .* was changed/,
  ),
  row('more is disputed', 'dispute', `key = 'q2'`, 'amount_minor = amount_minor + 1', /^dispute \S+ was changed/),
  row(
    'a dispute was withdrawn, not rejected',
    'dispute',
    `key = 'q1'`,
    `status = 'withdrawn'`,
    /^decision on dispute .* was changed/,
  ),
  row(
    'a credit note that waits is another one',
    'approval_request',
    'content is not null',
    `content = '{"amount": "200.00"}'`,
    /^content of approval .* was changed/,
  ),
  gone(
    'what was released of a deposit is deleted',
    'deposit_entry',
    `key = 'd2'`,
    /^entry of deposit .* was taken away/,
  ),
  row(
    'a one-off invoice was asked for with other lines',
    'one_off_invoice',
    `key = 'visit'`,
    `content = '{}'`,
    /^request of one-off invoice .* was changed/,
  ),
  row(
    'a pro forma invoice has another total',
    'pro_forma',
    `key = 'offer'`,
    'total_minor = total_minor + 1',
    /^pro forma invoice .* was changed/,
  ),
]
