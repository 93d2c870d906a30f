import { z } from 'zod'
import { deleteFinished } from '../../platform/jobs/job-store.ts'
import type { Retention } from '../../platform/retention.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'

export const jobSettings = settingsType({
  name: 'jobs',
  meaning: 'How long jobs are kept that are over.',
  values: z.object({
    keepDays: z.int().min(1).max(3_650).default(90).describe('Since they ended; those that were given up are kept'),
  }),
  secrets: {},
  needs: ['jobs:write'],
})

export const jobRetention: Retention = {
  keepDays: async (db) => (await settingValues(db, jobSettings)).keepDays,
  deleteOld: deleteFinished,
}
