import { type BoundRows, cols, ids } from './bound-row.ts'

/** Rows of credits, voids and charges that somebody asked for, and of what is to be paid back. */
export const REQUESTED_ROWS: readonly BoundRows[] = [
  {
    kind: 'credits of lines',
    table: 'invoice_line',
    key: 'invoice_id',
    keyType: 'uuid',
    isFresh: true,
    orderBy: 'id',
    where: 't.credits_line_id is not null',
    columns: cols('id credits_line_id'),
  },
  {
    kind: 'lines that count as never billed',
    table: 'invoice_line',
    key: 'invoice_id',
    keyType: 'uuid',
    isFresh: false,
    orderBy: 'id',
    where: 't.is_unbilled',
    columns: cols('id is_unbilled'),
    isChanged: true,
  },
  {
    kind: 'request of document',
    table: 'document_request',
    key: 'invoice_id',
    keyType: 'uuid',
    isFresh: true,
    columns: cols(
      'corrects_id account_id key content kind reason_code money refund_minor rebill requested_by created_at',
    ),
  },
  {
    ...ids,
    kind: 'refund',
    table: 'refund',
    columns: cols('account_id credit_note_id amount_minor currency created_at'),
  },
  {
    ...ids,
    kind: 'refund of payment',
    table: 'refund',
    where: 't.payment_id is not null',
    columns: cols('payment_id'),
  },
  {
    ...ids,
    kind: 'refund that was sent',
    table: 'refund',
    isFresh: false,
    where: 't.sent_at is not null',
    columns: cols('method reference sent_on sent_at recorded_by'),
    isChanged: true,
  },
]
