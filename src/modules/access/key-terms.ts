import { systemClock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import type { Caller } from '../../platform/http/authorize.ts'
import { SCOPES, type Scope } from '../../platform/http/route.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import { newSecret } from '../../platform/secret-codes.ts'

export const KEY_PREFIX = 'kvit_'
/** The last use of a key is written this often at most: reading would be writing otherwise. */
const LAST_USE_EVERY_MS = 600_000

interface KeyDraft {
  readonly tenant: string | null
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly madeBy: string | null
  readonly replaces?: string
  readonly person: string | null
  readonly ownerUser: string | null
  readonly expiresAt: Date | null
  readonly requestsPerSecond: number | null
}

/** A row of a new key, and the key's text. */
export function newKeyRow(draft: KeyDraft): {
  row: KeyDraft & { id: string; secretSha256: Buffer; createdAt: Date }
  text: string
} {
  const { id, sha256, text } = newSecret()
  const createdAt = new Date(systemClock.nowMs())
  if (draft.expiresAt !== null && draft.expiresAt <= createdAt)
    throw new Refusal('invalid_request', 'expiresAt is over already', {
      errors: [{ path: 'expiresAt', message: 'is over already' }],
    })
  const row = { ...draft, id, secretSha256: sha256, createdAt }
  return { row, text: KEY_PREFIX + text }
}

export async function noteLastUse(db: Database, id: string, lastUsedAt: Date | null, nowMs: number): Promise<void> {
  if (lastUsedAt !== null && nowMs - lastUsedAt.getTime() < LAST_USE_EVERY_MS) return
  // A database that cannot be written at the moment is no reason to turn the caller away.
  await db
    .updateTable('apiKey')
    .set({ lastUsedAt: new Date(nowMs) })
    .where('id', '=', id)
    .execute()
    .catch(() => undefined)
}

interface RotatableKey {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly person: string | null
  readonly ownerUser: string | null
  readonly requestsPerSecond: number | null
  readonly expiresAt: Date | null
}

/**
 * Locks a key that is to be replaced. Its text is shown to who asks, who must be the one whose key it is: with the key of
 * another one, two people would be one. So may the owner of the machine.
 */
export async function rotatableKey(
  trx: Database,
  tenant: string,
  id: string,
  asker: Caller,
  nowMs: number,
): Promise<RotatableKey> {
  const row = await trx
    .selectFrom('apiKey')
    .selectAll()
    .where('id', '=', id)
    .where('tenant', '=', tenant)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound(`key ${id}`, '/v1/keys', 'key list')
  const key = row as unknown as RotatableKey & { readonly revokedAt: Date | null }
  if (key.revokedAt !== null || (key.expiresAt?.getTime() ?? nowMs + 1) <= nowMs)
    throw new Refusal('conflict', 'this key opens nothing any more: make another one')
  if (asker.tenantName !== null) {
    const isOwn =
      key.ownerUser === null
        ? asker.userId == null && (key.person ?? id) === asker.person
        : key.ownerUser === asker.userId
    if (!isOwn) throw new Refusal('forbidden', 'a key is replaced by the one whose key it is, or with the root key')
    const beyond = key.scopes.filter((scope) => !asker.scopes.includes(scope))
    if (beyond.length > 0) throw new Refusal('forbidden', `this key may do more than you: ${beyond.join(', ')}`)
  }
  return key
}

/** Whoever has a root key is the owner of the machine, and may do whatever this version knows. */
export function toCaller(row: Record<string, unknown>): Caller {
  const id = row['id'] as string
  if (row['tenant'] === null) return { kind: 'key', id, person: 'owner', tenantName: null, scopes: SCOPES }
  const userId = row['ownerUser'] as string | null
  const ofUser = (row['vouchedBy'] as string | null) ?? userId
  const person = ofUser ?? (row['person'] as string | null) ?? id
  const requestsPerSecond = row['requestsPerSecond'] as number | null
  const scopes = row['scopes'] as Scope[]
  return { kind: 'key', id, person, tenantName: row['tenant'] as string, scopes, userId, requestsPerSecond }
}
