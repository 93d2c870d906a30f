import type { SettingsType } from '../platform/settings/settings-type.ts'
import { MODULES } from './modules.ts'

/** Everything that a tenant can set, with its secrets. */
export const SETTINGS_TYPES: readonly SettingsType[] = MODULES.flatMap(({ settings }) => [...(settings ?? [])])
