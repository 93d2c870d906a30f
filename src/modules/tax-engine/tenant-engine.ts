import type { z } from 'zod'
import type { Database } from '../../platform/db.ts'
import { findSettingValues } from '../../platform/settings/settings-store.ts'
import { engineSettings } from './settings.ts'

const LABELS = { avalara: 'Avalara', stripe_tax: 'Stripe Tax' } as const

/** The engine that a tenant asks. */
export interface TenantEngine {
  readonly values: z.output<typeof engineSettings.values>
  /** As people know it. */
  readonly label: string
}

/** @returns null where the tenant asks none. @param db in the tenant's schema */
export async function engineOf(db: Database): Promise<TenantEngine | null> {
  const values = await findSettingValues(db, engineSettings)
  return values === null ? null : { values, label: LABELS[values.engine] }
}
