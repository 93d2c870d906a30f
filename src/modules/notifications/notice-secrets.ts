import type { NoticeValue } from '../../core/notifications/kinds.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import type { Retention } from '../../platform/retention.ts'
import { type EncryptedColumn, placeOf } from '../../platform/secrets/encrypted-columns.ts'
import type { Encrypted, KeyRing } from '../../platform/secrets/key-ring.ts'

/** What notices say that is for their persons alone is encrypted at rest. */
export const NOTICE_SECRETS: EncryptedColumn = {
  of: 'tenant',
  table: 'noticeSecret',
  key: ['noticeId'],
  keyId: 'keyId',
  ciphertext: 'ciphertext',
}

/** Kinds with a secret expire within an hour: what is older is of no use. */
const KEPT_MS = 7_200_000

/** By which a tenant's secrets are encrypted. */
export interface Sealing {
  readonly ring: KeyRing
  readonly tenant: string
}
type Data = Readonly<Record<string, NoticeValue>>

export interface NoticeSecret {
  readonly noticeId: string
  readonly customerId: string
  readonly data: Data
  readonly createdAt: Date
}

export async function keepSecret(db: Database, { ring, tenant }: Sealing, secret: NoticeSecret): Promise<void> {
  const { noticeId, customerId, data, createdAt } = secret
  const place = placeOf(NOTICE_SECRETS, tenant, [noticeId])
  const { keyId, ciphertext } = ring.encrypt(place, Buffer.from(JSON.stringify(data)))
  await db.insertInto('noticeSecret').values({ noticeId, customerId, keyId, ciphertext, createdAt }).execute()
}

/** @throws Refusal `secrets_unavailable` */
export function openSecret({ ring, tenant }: Sealing, noticeId: string, sealed: Encrypted): Data {
  return JSON.parse(ring.decrypt(placeOf(NOTICE_SECRETS, tenant, [noticeId]), sealed).toString('utf8')) as Data
}

/** Those of notices no message of which is still to go, to whomever. */
export async function dropSecrets(db: Database, noticeIds: readonly string[]): Promise<void> {
  if (noticeIds.length === 0) return
  const open = db
    .selectFrom('noticeSend')
    .select('noticeId')
    .where('noticeId', '=', anyOf(noticeIds))
    .where('state', 'in', ['waiting', 'stand_by', 'sending'])
  await db
    .deleteFrom('noticeSecret')
    .where('noticeId', '=', anyOf(noticeIds))
    .where('noticeId', 'not in', open)
    .execute()
}

/** Those that nobody can use any more, whatever became of their messages, are deleted within the hour of a tenant's clock. */
export const secretRetention: Retention = {
  keepDays: async () => 0,
  deleteOld: async (db, now) => {
    await db
      .deleteFrom('noticeSecret')
      .where('createdAt', '<', new Date(now.getTime() - KEPT_MS))
      .execute()
    return 0
  },
}
