import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { accountInUse, lockAccount } from '../parties/index.ts'
import { type Attempt, findAttempt } from './attempt-store.ts'
import { beginAttempt } from './begin-attempt.ts'
import { getGateway } from './gateway-store.ts'
import type { Gateways } from './gateways.ts'
import { findMethod, insertMethod } from './method-store.ts'
import { countryOf } from './routing.ts'

export interface MethodDraft {
  readonly key: string
  readonly account: string
  readonly gateway: string | null
  /** What the gateway knows it by, where the payer entered it elsewhere; null has the payer enter it on a page of the gateway. */
  readonly token: string | null
  readonly returnUrl: string | null
}

/** Notes that a gateway is going to be asked to keep a means of payment. */
export async function beginSetup(
  db: Database,
  tenant: Pick<Tenant, 'name'>,
  gateways: Gateways,
  { key, account, gateway, token, returnUrl }: MethodDraft,
  nowMs: number,
): Promise<Attempt> {
  const { id: accountId, currency } = await accountInUse(db, account)
  await lockAccount(db, accountId)
  const known = await findAttempt(db, key)
  if (known !== undefined) {
    if (known.kind === 'setup' && known.accountId === accountId) return known
    throw new Refusal('idempotency_conflict', `the key ${key} was used for something else`)
  }
  if ((await findMethod(db, key)) !== undefined)
    throw new Refusal('idempotency_conflict', `the key ${key} was used for another means of payment`)
  if (token === null && returnUrl === null)
    throw new Refusal(
      'unprocessable',
      'returnUrl: needed where the payer enters it on a page: where do they come back to?',
    )
  const asked = { currency, amountMinor: null, country: await countryOf(db, accountId) }
  const fit = await gateways.route(db, tenant, asked, ({ setUp }) => setUp)
  const named = gateway === null ? undefined : await getGateway(db, gateway)
  const found = named === undefined ? fit[0] : fit.find(({ id }) => id === named.id)
  if (found === undefined)
    throw new Refusal(
      'unprocessable',
      `gateway: ${gateway ?? 'none'} keeps no means of payment for ${currency}, or it is closed`,
    )
  const methodId = newId()
  const method = { id: methodId, key, accountId, gatewayId: found.id, createdAt: new Date(nowMs) }
  await insertMethod(db, gateways.ring, tenant.name, method, token)
  const draft = { id: newId(), key, kind: 'setup', gatewayId: found.id, accountId, currency, amountMinor: 0n } as const
  return beginAttempt(db, { ...draft, methodId, returnUrl, origin: 'request' }, nowMs)
}
