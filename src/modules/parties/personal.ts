import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'customer',
    kind: 'customer',
    column: 'id',
    of: 'customer',
    key: ['id'],
    erased: {
      name: "'erased'",
      email: 'null',
      address: 'null',
      tax_id: 'null',
      postal_address: 'null',
      tax_ids: `'[]'::jsonb`,
      certificates: `'[]'::jsonb`,
      evidence: `'[]'::jsonb`,
      purchase_order: 'null',
      electronic_address: 'null',
      metadata: `'{}'::jsonb`,
    },
    sealedAs: 'customer',
    kept: 'its key, which documents and accounts name, its language and whether it was a business',
  },
  {
    table: 'account',
    kind: 'account',
    column: 'customer_id',
    of: 'customer',
    key: ['id'],
    erased: { metadata: `'{}'::jsonb` },
    kept: KEPT.charges,
  },
  {
    table: 'service',
    kind: 'service',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    erased: { metadata: `'{}'::jsonb` },
    kept: KEPT.charges,
  },
]
