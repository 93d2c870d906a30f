import { z } from 'zod'
import type { Database } from '../../platform/db.ts'
import type { SettingsStore } from '../../platform/settings/settings-store.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'

export const bankSettings = settingsType({
  name: 'banks',
  meaning: 'From which score on money on bank accounts is booked by rule.',
  values: z.object({
    bookFrom: z
      .int()
      .min(900)
      .max(1001)
      .describe(
        'A proposal of this score, in thousandths, or more is booked; 950 unless set, 1001 books nothing by rule',
      ),
    toleranceMinor: z
      .int()
      .min(0)
      .max(10_000)
      .describe('So many minor units more or less are still taken for what is open: 5 is 0.05 EUR'),
  }),
  secrets: {},
  needs: ['payments:write'],
})

export interface MatchingTerms {
  readonly bookFrom: number
  readonly toleranceMinor: bigint
}

export async function matchingTerms(settings: SettingsStore, db: Database, tenant: string): Promise<MatchingTerms> {
  const found = (await settings.find(db, tenant, bankSettings))?.values
  return { bookFrom: found?.bookFrom ?? 950, toleranceMinor: BigInt(found?.toleranceMinor ?? 0) }
}
