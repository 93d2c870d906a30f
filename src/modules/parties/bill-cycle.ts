import type { Cycle } from '../../core/base/period.ts'
import type { Account } from './store.ts'

/** How often an account is billed, counted from its `cycleAnchor`: every month, every two weeks. */
export function cycleOf({ cycleUnit, cycleCount }: Pick<Account, 'cycleUnit' | 'cycleCount'>): Cycle {
  return { unit: cycleUnit, count: cycleCount }
}
