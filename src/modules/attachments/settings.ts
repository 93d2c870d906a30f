import { z } from 'zod'
import { settingsType } from '../../platform/settings/settings-type.ts'

export const attachmentSettings = settingsType({
  name: 'attachments',
  meaning: 'How much is kept of files with documents, customers and disputes.',
  values: z.object({
    totalMegabytes: z.int().min(0).max(1_000_000).default(1_000).describe('Of all files together; 1 MB is 10^6 bytes'),
  }),
  secrets: {},
  needs: [],
})
