import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const file = {
  subject: z.enum(['document', 'customer', 'dispute']).describe('What it is kept with'),
  subjectId: z.uuid(),
  type: z.string(),
  bytes: z.int(),
  sha256: z.string(),
}
export const attachmentAdded = eventType('attachment.added', 'attachment', 'A file is kept with something.', file)
export const attachmentDeleted = eventType('attachment.deleted', 'attachment', 'A file was deleted.', {
  ...file,
  reason: z.string(),
})
export const attachmentEvents = [attachmentAdded, attachmentDeleted]
