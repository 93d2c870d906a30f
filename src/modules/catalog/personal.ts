import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'plan_version',
    kind: 'plan of its own',
    column: 'subscription_id',
    of: 'subscription',
    key: ['id'],
    kept: KEPT.charges,
  },
]
