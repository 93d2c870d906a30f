import { z } from 'zod'
import { isCreditorId } from '../../core/banking/sepa/sepa-text.ts'
import type { Database } from '../../platform/db.ts'
import type { SettingsStore } from '../../platform/settings/settings-store.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'

export const debitSettings = settingsType({
  name: 'direct-debits',
  meaning: 'Who collects direct debits, and how long before customers are told.',
  values: z.object({
    creditorId: z
      .string()
      .refine(isCreditorId, 'this is no creditor identifier such as DE98ZZZ09999999999')
      .describe('The creditor identifier that your bank has given you'),
    notifiedDays: z
      .int()
      .min(0)
      .max(30)
      .default(14)
      .describe('Days from the document, which announces it, to the collection; 14 unless something else was agreed'),
    leadDays: z.int().min(1).max(5).default(1).describe('Settlement days that your bank needs before the collection'),
    cutOffHour: z
      .int()
      .min(0)
      .max(24)
      .default(14)
      .describe('The hour, in Brussels, from which on your bank takes a file as one of the next day'),
  }),
  secrets: {},
  needs: ['payments:write'],
})

export interface DebitTerms {
  readonly creditorId: string | null
  readonly notifiedDays: number
  readonly leadDays: number
  readonly cutOffHour: number
}

export async function debitTerms(settings: SettingsStore, db: Database, tenant: string): Promise<DebitTerms> {
  const found = (await settings.find(db, tenant, debitSettings))?.values
  return found ?? { creditorId: null, notifiedDays: 14, leadDays: 1, cutOffHour: 14 }
}
