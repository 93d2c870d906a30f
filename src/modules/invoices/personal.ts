import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'invoice',
    kind: 'document',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    erased: { metadata: `'{}'::jsonb` },
    kept: KEPT.books,
  },
  {
    table: 'invoice_line',
    kind: 'line of a document',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
  {
    table: 'billed_for',
    kind: 'charges that another account is billed for',
    column: 'account_id',
    of: 'account',
    key: ['invoice_id', 'account_id'],
    kept: KEPT.books,
  },
  {
    table: 'document_request',
    kind: 'request of a note',
    column: 'account_id',
    of: 'account',
    key: ['invoice_id'],
    kept: KEPT.books,
  },
]
