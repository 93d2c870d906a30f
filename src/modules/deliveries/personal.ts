import { KEPT, type PersonalRows } from '../module.ts'

const of = { column: 'customer_id', of: 'customer' } as const

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'delivery',
    kind: 'document that was sent',
    ...of,
    key: ['id'],
    erased: { asked_to: 'null', to_id: 'null', said: 'null' },
    kept: KEPT.books,
  },
  {
    table: 'delivery_attempt',
    kind: 'attempt to send a document',
    ...of,
    key: ['delivery_id', 'number'],
    erased: { said: 'null' },
    kept: KEPT.books,
  },
  {
    table: 'delivery_preference',
    kind: 'how documents are wanted',
    ...of,
    key: ['customer_id'],
    erased: { email: 'null' },
    kept: 'by which way documents go, and in which formats',
  },
]
