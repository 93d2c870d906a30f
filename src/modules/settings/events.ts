import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

export const settingsChanged = eventType('settings.changed', 'settings', 'Settings of the tenant were set.', {
  secretsSet: z.array(z.string()).describe('Names of the secrets that were set anew'),
  secretsRemoved: z.array(z.string()),
})
export const settingsRemoved = eventType('settings.removed', 'settings', 'Settings of the tenant were removed.', {})
export const secretKeyChanged = eventType(
  'secret_key.changed',
  'secret_key',
  'Secrets are encrypted with another key from now on.',
  {},
)

export const settingsEvents = [settingsChanged, settingsRemoved, secretKeyChanged]
