import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { systemClock } from '../clock.ts'
import { type Database, inSchema } from '../db.ts'
import type { Gate } from '../gate.ts'
import type { Guesses } from '../guesses.ts'
import { Refusal } from '../problems.ts'
import type { Callers } from './authorize.ts'
import type { Route } from './route.ts'

/** Wrong signatures from one address in a quarter of an hour. Those that fit are never held up by those that do not. */
const MOST_WRONG = 50

export interface SignedDependencies extends Pick<Callers, 'findTenant'> {
  readonly db: Database
  readonly atDatabase: Gate
}

/**
 * Lets in what a provider has signed, once its body is read: from then on the request is one of the tenant that its address
 * names. What is not signed, wrongly, too long ago, or for a tenant that is not there is answered alike.
 * @throws Refusal `signature_invalid`, or `too_many_attempts`
 */
export async function admitSigned(
  { db, atDatabase, findTenant }: SignedDependencies,
  { signer, url }: Extract<Route, { auth: 'signature' }>,
  request: FastifyRequest,
  wrong: Guesses,
): Promise<void> {
  const { headers, ip } = request
  const query = request.query as Readonly<Record<string, unknown>>
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const params = request.params as { readonly tenant: string } & Readonly<Record<string, string>>
  const { tenant: name } = params
  const nowMs = systemClock.nowMs()
  const verified = await atDatabase.run(request.tenant.name, async () => {
    const tenant = await findTenant(name)
    if (tenant === null) return null
    const context = { tenant, db: inSchema(db, tenant.schema), nowMs: tenant.clockMs ?? nowMs }
    const messageId = await signer.verify(context, { headers, body, ip, query }, nowMs, params)
    return messageId === null ? null : { tenant, messageId }
  })
  if (verified === null) return wrong.attempt([{ name: ip, most: MOST_WRONG }], nowMs, refuse, () => true)
  const { tenant, messageId } = verified
  request.tenant = tenant
  const person = `signature ${signer.name}`
  request.caller = { kind: 'signature', id: signer.name, person, tenantName: tenant.name, scopes: [] }
  // A message that comes again has one effect, and gets the first answer. No key of a caller has a blank.
  request.signedKey = `${url} ${messageId}`
  request.bodyFingerprint = createHash('sha256').update(body).digest('hex')
}

async function refuse(): Promise<never> {
  throw new Refusal('signature_invalid', 'the request is not signed, its signature does not fit, or it is too old')
}
