import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { systemClock } from '../../platform/clock.ts'
import { type Database, isUniqueViolation } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import { digestOfCode, newCode } from '../../platform/secret-codes.ts'
import type { KeyRing } from '../../platform/secrets/key-ring.ts'
import { endLinks, useLink } from './links.ts'
import { getUser, type UserRow } from './members.ts'
import type { Sessions } from './sessions.ts'
import { type Factor, useUp } from './sign-in.ts'
import { authenticatorUri, stepOfCode, toBase32 } from './totp.ts'
import { totpColumns, totpSecretOf } from './totp-secrets.ts'

const SECRET_BYTES = 20
const RECOVERY_CODES = 10

/** Sets a new password; all other sessions end, since somebody else may have opened them. */
export async function setPassword(
  trx: Database,
  sessions: Sessions,
  userId: string,
  passwordHash: string,
  exceptSession: string | null,
): Promise<{ endedSessions: number }> {
  await trx.updateTable('appUser').set({ passwordHash, resetRequestedAt: null }).where('id', '=', userId).execute()
  const { email } = await getUser(trx, userId)
  await endLinks(trx, { kind: 'password_reset', email, tenant: null })
  return { endedSessions: await sessions.endAll(trx, userId, exceptSession) }
}

/**
 * Sets a password by a link. Who held the link might be the user from then on: where two people have to agree, they are one
 * person, until an identity provider knows the user.
 */
export async function completeReset(
  trx: Database,
  sessions: Sessions,
  linkId: string,
  passwordHash: string,
): Promise<{ endedSessions: number }> {
  const { userId, heldBy } = await useLink(trx, linkId)
  if (heldBy !== null && heldBy !== userId)
    await trx.updateTable('appUser').set({ vouchedBy: heldBy }).where('id', '=', userId).execute()
  return setPassword(trx, sessions, userId as string, passwordHash, null)
}

export async function changeEmail(
  trx: Database,
  sessions: Sessions,
  { user, factor }: { readonly user: UserRow; readonly factor: Factor },
  email: string,
  { caller }: FastifyRequest,
): Promise<{ email: string; endedSessions: number }> {
  await useUp(trx, user, factor)
  try {
    await trx.updateTable('appUser').set({ email, isEmailClaimed: true }).where('id', '=', user.id).execute()
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refusal('already_exists', 'this address cannot be taken')
    throw error
  }
  await endLinks(trx, { kind: 'password_reset', email: user.email, tenant: null })
  return { email, endedSessions: await sessions.endAll(trx, user.id, caller.sessionId ?? null) }
}

/** Makes a secret for an authenticator. It is asked for once a code of it has been confirmed. */
export async function beginSecondFactor(
  trx: Database,
  ring: KeyRing,
  user: UserRow,
): Promise<{ secret: string; uri: string }> {
  if (user.totpSince !== null)
    throw new Refusal('conflict', 'this account has a second factor already: remove that one first')
  const secret = randomBytes(SECRET_BYTES)
  const columns = totpColumns(ring, user.id, secret)
  await trx
    .updateTable('appUser')
    .set({ ...columns, totpStep: 0 })
    .where('id', '=', user.id)
    .execute()
  return { secret: toBase32(secret), uri: authenticatorUri(secret, user.email) }
}

/** @returns recovery codes, each of which opens once in place of a code of the authenticator. */
export async function confirmSecondFactor(
  trx: Database,
  ring: KeyRing,
  userId: string,
  code: string,
): Promise<string[]> {
  const user = await getUser(trx, userId)
  const secret = totpSecretOf(ring, user)
  if (secret === null || user.totpSince !== null)
    throw new Refusal('conflict', 'there is no second factor to be confirmed')
  const nowMs = systemClock.nowMs()
  const step = stepOfCode(secret, code, nowMs, 0)
  if (step === null)
    throw new Refusal('second_factor_required', 'this code does not fit: look at the clock of the device')
  await trx
    .updateTable('appUser')
    .set({ totpSince: new Date(nowMs), totpStep: step })
    .where('id', '=', userId)
    .execute()
  const codes = Array.from({ length: RECOVERY_CODES }, newCode)
  await trx.deleteFrom('recoveryCode').where('userId', '=', userId).execute()
  await trx
    .insertInto('recoveryCode')
    .values(codes.map((one) => ({ userId, codeSha256: digestOfCode(one) })))
    .execute()
  return codes
}

export async function removeSecondFactor(trx: Database, userId: string): Promise<void> {
  await trx
    .updateTable('appUser')
    .set({ totpSecret: null, totpKey: null, totpSince: null, totpStep: 0 })
    .where('id', '=', userId)
    .execute()
  await trx.deleteFrom('recoveryCode').where('userId', '=', userId).execute()
}
