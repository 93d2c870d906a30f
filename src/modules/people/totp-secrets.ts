import { type EncryptedColumn, placeOf } from '../../platform/secrets/encrypted-columns.ts'
import type { KeyRing } from '../../platform/secrets/key-ring.ts'
import type { UserRow } from './members.ts'

/** Secrets of authenticators are encrypted at rest. */
export const TOTP_SECRETS: EncryptedColumn = {
  of: 'platform',
  table: 'appUser',
  key: ['id'],
  keyId: 'totpKey',
  ciphertext: 'totpSecret',
  mayBePlain: true,
}

/** @returns the columns of a user's row that keep a secret. */
export function totpColumns(ring: KeyRing, userId: string, secret: Buffer): { totpKey: string; totpSecret: Buffer } {
  const { keyId, ciphertext } = ring.encrypt(placeOf(TOTP_SECRETS, '', [userId]), secret)
  return { totpKey: keyId, totpSecret: ciphertext }
}

/** @throws Refusal `secrets_unavailable` */
export function totpSecretOf(
  ring: KeyRing,
  { id, totpKey, totpSecret }: Pick<UserRow, 'id' | 'totpKey' | 'totpSecret'>,
): Buffer | null {
  if (totpSecret === null || totpKey === null) return totpSecret
  return ring.decrypt(placeOf(TOTP_SECRETS, '', [id]), { keyId: totpKey, ciphertext: totpSecret })
}
