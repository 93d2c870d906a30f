import type { PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'attachment',
    kind: 'file',
    column: 'customer_id',
    of: 'customer',
    key: ['id'],
    erased: { content: 'null', name: `'erased'` },
    unshown: ['content'],
    kept: 'that there was a file, its hash, and who added or deleted it',
  },
]
