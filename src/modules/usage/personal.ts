import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'suspense',
    kind: 'record in suspense',
    column: 'service',
    of: 'service key',
    key: ['id'],
    erased: { record: `'{}'`, original_record: `'{}'` },
    kept: 'that it came, and what became of it, so that all that came is accounted for',
  },
  {
    table: 'counter',
    kind: 'counter of usage',
    column: 'subscription_id',
    of: 'subscription',
    key: ['subscription_id', 'plan_version_id', 'price_code', 'cell', 'period_start'],
    kept: KEPT.charges,
  },
]
