import { z } from 'zod'
import { DISPUTE_REASONS } from '../../core/invoicing/dispute-reason.ts'
import type { Database } from '../../platform/db.ts'
import { textUpTo } from '../../platform/http/fields.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'

const MAX_REASONS = 100

export const disputeSettings = settingsType({
  name: 'disputes',
  meaning: 'Why lines of documents are disputed, besides the reasons that Kvit knows.',
  values: z.object({
    reasons: z
      .record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'write a code as late_install'), textUpTo(200))
      .refine((reasons) => Object.keys(reasons).length <= MAX_REASONS, `at most ${MAX_REASONS} reasons`)
      .default({})
      .describe('Codes, each with its meaning: {"late_install": "The technician came late"}'),
  }),
  secrets: {},
  needs: [],
})

/** All reasons that a tenant knows, by their codes. */
export async function reasonsOf(db: Database): Promise<Readonly<Record<string, string>>> {
  return { ...DISPUTE_REASONS, ...(await settingValues(db, disputeSettings)).reasons }
}
