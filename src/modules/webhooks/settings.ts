import { z } from 'zod'
import { systemClock } from '../../platform/clock.ts'
import type { Retention } from '../../platform/retention.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'
import { deleteEnded } from './delivery-store.ts'

export const webhookSettings = settingsType({
  name: 'webhooks',
  meaning: 'How long deliveries to webhook endpoints are kept.',
  values: z.object({
    keepDays: z.int().min(1).max(3_650).default(30).describe('Since they came through or were given up'),
  }),
  secrets: {},
  needs: [],
})

const DAY_MS = 86_400_000

export const webhookRetention: Retention = {
  keepDays: async (db) => (await settingValues(db, webhookSettings)).keepDays,
  // Deliveries are of the real clock, whatever the clock of the tenant says.
  deleteOld: async (db, _before, limit, days) => deleteEnded(db, new Date(systemClock.nowMs() - days * DAY_MS), limit),
}
