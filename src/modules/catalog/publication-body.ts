import { z } from 'zod'
import { instant } from '../../platform/http/dates.ts'

const sourceFile = z.strictObject({ name: z.string().min(1).max(200), text: z.string() })

/** What publishes plan files. */
export const publicationBody = z.strictObject({
  files: z.array(sourceFile).min(1).max(1e3),
  dryRun: z.boolean().default(false),
  availableFrom: instant
    .optional()
    .describe('When new subscriptions begin to get these versions; until then they get the ones before'),
})

export type PublicationBody = z.infer<typeof publicationBody>
