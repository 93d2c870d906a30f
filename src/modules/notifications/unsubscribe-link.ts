import { timingSafeEqual } from 'node:crypto'
import { systemClock } from '../../platform/clock.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import { Guesses } from '../../platform/guesses.ts'
import type { Callers } from '../../platform/http/authorize.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { readToken, writeToken } from '../payment-links/index.ts'
import type { NoticeSend } from './notice.ts'

/** Links that there are not, from one address in a quarter of an hour. */
const MOST_WRONG = 50

/** Where somebody unsubscribes: the tenant, and a secret of 256 random bits with the id of the message. */
export function unsubscribeUrlOf(publicUrl: string, tenant: string, secret: string): string {
  return `${publicUrl}/unsubscribe/${writeToken(tenant, secret)}`
}

/** The message whose link a token is; null where there is none. `db` is in the tenant's schema. */
export async function findByToken(db: Database, token: string): Promise<NoticeSend | null> {
  const read = readToken(token)
  if (read === null) return null
  const { id, sha256 } = read.secret
  const found = await db.selectFrom('noticeSend').selectAll().where('id', '=', id).executeTakeFirst()
  const send = found as unknown as NoticeSend | undefined
  const own = send?.linkSha256 ?? null
  return send !== undefined && own !== null && timingSafeEqual(own, sha256) ? send : null
}

/** Finds the message of a link, for whoever opens one. @param db in no schema */
export function noticeLinkFinder(
  db: Database,
  findTenant: (name: string) => Promise<Tenant | null>,
): Callers['findNoticeLink'] {
  const wrong = new Guesses()
  return async (token, ip) => {
    const read = readToken(token)
    const tenant = read === null ? null : await findTenant(read.tenant)
    const send = tenant === null ? null : await findByToken(inSchema(db, tenant.schema), token)
    if (send !== null && tenant !== null) return { id: send.id, tenant }
    return wrong.attempt([{ name: ip, most: MOST_WRONG }], systemClock.nowMs(), refuse, () => true)
  }
}

async function refuse(): Promise<never> {
  throw new Refusal('link_invalid', 'no message has such a link')
}
