import type { EncryptedColumn } from '../platform/secrets/encrypted-columns.ts'
import { MODULES } from './modules.ts'

/** All columns of secrets. */
export const ENCRYPTED: readonly EncryptedColumn[] = MODULES.flatMap(({ encrypted }) => [...(encrypted ?? [])])
