import type { SecretKeys } from '../../platform/secrets/secret-keys.ts'
import { SETTING_SECRETS } from '../../platform/settings/settings-store.ts'
import type { SettingsType } from '../../platform/settings/settings-type.ts'
import type { Module, Parts } from '../module.ts'
import { settingsEvents } from './events.ts'
import { secretKeyRoute, settingsRoutes } from './routes.ts'

interface SettingsNeeds extends Parts {
  /** All settings that modules declare. */
  readonly settingsTypes: readonly SettingsType[]
  readonly rotateSecrets: SecretKeys['rotate']
}

export const settingsModule: Module<SettingsNeeds> = {
  name: 'settings',
  events: settingsEvents,
  encrypted: [SETTING_SECRETS],
  start: ({ db, settings, settingsTypes, rotateSecrets, listTenants, nowMs }) => ({
    routes: [...settingsRoutes(settings, settingsTypes), secretKeyRoute(db, rotateSecrets, listTenants, nowMs)],
  }),
}
