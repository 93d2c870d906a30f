import { KEPT, type PersonalRows } from '../module.ts'

const of = { column: 'account_id', of: 'account', erased: { account_text: `''` } } as const

export const personalRows: readonly PersonalRows[] = [
  { table: 'terminal_transaction', kind: 'payment at a terminal', ...of, key: ['id'], kept: KEPT.books },
  { table: 'terminal_refusal', kind: 'refused payment at a terminal', ...of, key: ['id'], kept: KEPT.books },
]
