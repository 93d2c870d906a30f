import type { PersonalRows } from '../modules/module.ts'
import { MODULES } from './modules.ts'

/** What all modules know of customers. */
export const PERSONAL_ROWS: readonly PersonalRows[] = MODULES.flatMap(({ personal }) => [...(personal ?? [])])
