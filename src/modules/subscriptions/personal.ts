import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'subscription',
    kind: 'subscription',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    erased: { metadata: `'{}'::jsonb` },
    kept: KEPT.charges,
  },
  {
    table: 'subscription_change',
    kind: 'change of a subscription',
    column: 'subscription_id',
    of: 'subscription',
    key: ['id'],
    kept: KEPT.charges,
  },
]
