import { systemClock } from '../../platform/clock.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import { Guesses } from '../../platform/guesses.ts'
import type { Callers } from '../../platform/http/authorize.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { findOpened } from './store.ts'
import { readToken } from './token.ts'

/** Links that there are not, from one address in a quarter of an hour. Those that there are are never held up by them. */
const MOST_WRONG = 50

/** Finds the link of a token, for whoever opens one. @param db in no schema */
export function paymentLinkFinder(
  db: Database,
  findTenant: (name: string) => Promise<Tenant | null>,
): Callers['findPaymentLink'] {
  const wrong = new Guesses()
  return async (token, ip) => {
    const read = readToken(token)
    const tenant = read === null ? null : await findTenant(read.tenant)
    const nowMs = systemClock.nowMs()
    const link =
      read === null || tenant === null
        ? null
        : await findOpened(inSchema(db, tenant.schema), read.secret, tenant.clockMs ?? nowMs)
    if (link !== null && tenant !== null) return { id: link.id, tenant }
    return wrong.attempt([{ name: ip, most: MOST_WRONG }], nowMs, refuse, () => true)
  }
}

async function refuse(): Promise<never> {
  throw new Refusal('link_invalid', 'there is no such link to pay by')
}
