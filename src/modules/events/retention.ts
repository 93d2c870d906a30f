import { z } from 'zod'
import { forgetEvents } from '../../platform/events/forget-events.ts'
import type { Retention } from '../../platform/retention.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'

export const eventSettings = settingsType({
  name: 'events',
  meaning: 'How long events are kept.',
  values: z.object({
    keepDays: z.int().min(1).max(36_500).nullable().default(null).describe('Since they happened; null for ever'),
  }),
  secrets: {},
  needs: ['events:read'],
})

export const eventRetention: Retention = {
  keepDays: async (db) => (await settingValues(db, eventSettings)).keepDays,
  deleteOld: forgetEvents,
}
