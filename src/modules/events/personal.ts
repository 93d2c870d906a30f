import type { PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'event',
    kind: 'event',
    column: 'customer_id',
    of: 'customer',
    key: ['id'],
    kept: 'events name no person and are deleted when they are as old as the tenant says',
  },
]
