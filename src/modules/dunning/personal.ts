import { KEPT, type PersonalRows } from '../module.ts'

const ofAccount = { column: 'account_id', of: 'account', key: ['id'], kept: KEPT.books } as const

export const personalRows: readonly PersonalRows[] = [
  { ...ofAccount, table: 'dunning_run', kind: 'dunning run' },
  { ...ofAccount, table: 'dunning_step', kind: 'dunning step' },
  {
    ...ofAccount,
    table: 'dunning_hold',
    kind: 'hold of dunning',
    erased: { reason: "'erased'", release_reason: 'null' },
  },
  { ...ofAccount, table: 'dunning_call_task', kind: 'call about debts', erased: { note: 'null' } },
  { ...ofAccount, table: 'dunning_hand_over_account', kind: 'debt that was handed over' },
]
