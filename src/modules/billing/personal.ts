import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'issue_hold',
    kind: 'hold of documents',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
  {
    table: 'draft_approval',
    kind: 'approval of a draft',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
  {
    table: 'document_draft',
    kind: 'draft of a document',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.charges,
  },
  {
    table: 'one_off_invoice',
    kind: 'request of a one-off invoice',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
  {
    table: 'pro_forma',
    kind: 'pro forma invoice',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
  {
    table: 'contract_commit',
    kind: 'term of a commit',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
]
