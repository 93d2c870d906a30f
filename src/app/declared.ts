import type { Attention } from '../modules/module.ts'
import { EVENT_TYPES } from './event-types.ts'
import { MODULES } from './modules.ts'
import { PERSONAL_ROWS } from './personal-rows.ts'
import { SETTINGS_TYPES } from './settings-types.ts'

const ATTENTION: readonly Attention[] = MODULES.flatMap(({ attention }) => [...(attention ?? [])])

/** What all modules declare, for those modules that show it. */
export const DECLARED = {
  eventTypes: EVENT_TYPES,
  settingsTypes: SETTINGS_TYPES,
  personal: PERSONAL_ROWS,
  attention: ATTENTION,
} as const
