import { z } from 'zod'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { currency } from '../../platform/http/fields.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { gatewayCreated, gatewayUpdated } from './events.ts'
import {
  findGateway,
  type Gateway,
  getGateway,
  listGateways,
  putGateway,
  putSecrets,
  type Routing,
  secretsSet,
} from './gateway-store.ts'
import type { Gateways } from './gateways.ts'
import { askForPayouts, PAYOUTS_EVERY_MS } from './payouts.ts'
import type { GatewayAdapter } from './ports.ts'
import { assertRouting, routingFields } from './routing.ts'

/** It is a part of ledger accounts: `cash:gateway:stripe-eu`. */
export const gatewayName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'a gateway has a name of 1 to 40 small letters, digits and hyphens')

const byName = z.object({ name: gatewayName })
const terms = {
  currencies: z
    .array(currency)
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .describe('All that the adapter takes when null'),
  priority: z.int().min(0).max(1_000_000).default(100).describe('The lowest is asked first'),
  ...routingFields,
  isOpen: z.boolean().default(true).describe('Nothing new begins with a closed one; what is under way goes on'),
}
const secret = z.string().max(2_000).meta({ format: 'password', writeOnly: true })
const draft = z.strictObject({
  adapter: z.string().min(1).max(40).describe('The provider, such as `stripe`'),
  ...terms,
  secrets: z
    .record(z.string().max(40), secret.nullable())
    .default({})
    .describe('Credentials, by the names that the adapter has for them. Others stay as they are; null removes one'),
})

const answer = z
  .strictObject({
    name: z.string(),
    adapter: z.string(),
    currencies: z.array(z.string()).nullable(),
    priority: z.int(),
    countries: z.array(z.string()).nullable(),
    amounts: z.array(
      z.strictObject({ currency: z.string(), least: z.string().nullable(), most: z.string().nullable() }),
    ),
    unansweredMost: z.int().nullable(),
    isOpen: z.boolean(),
    secrets: z.record(z.string(), z.strictObject({ isSet: z.boolean(), setAt: z.iso.datetime().nullable() })),
    callbackUrl: z.string().describe('Where the provider sends its callbacks: tell it'),
    ledgerAccount: z.string().describe('What it holds and has not paid out yet'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'PaymentGateway' })

const EVERYTHING: Routing = { countries: null, amounts: [], unansweredMost: null }

type Context = { readonly db: Database; readonly tenant: Tenant }

async function views({ db, tenant }: Context, gateways: Gateways, rows: readonly Gateway[]): Promise<object[]> {
  const set = await secretsSet(db)
  return rows.map(({ id, name, adapter, currencies, priority, isOpen, routing, createdAt }) => {
    const fields = Object.keys(gateways.adapters.get(adapter)?.credentials ?? {})
    const secrets = fields.map((field) => {
      const setAt = set.get(id)?.get(field) ?? null
      return [field, { isSet: setAt !== null, setAt }]
    })
    return {
      ...{ name, adapter, currencies, priority, ...(routing ?? EVERYTHING), isOpen },
      secrets: Object.fromEntries(secrets),
      ...{ callbackUrl: gateways.callbackUrl(tenant, name), ledgerAccount: `cash:gateway:${name}`, createdAt },
    }
  })
}

/** @throws Refusal that says what a credential looks like, and not what was sent */
function assertSecrets(
  { name, credentials }: GatewayAdapter,
  sent: Readonly<Record<string, string | null>>,
  set: ReadonlyMap<string, Date>,
): void {
  for (const [field, value] of Object.entries(sent)) {
    const known = Object.hasOwn(credentials, field) ? credentials[field] : undefined
    const names = Object.keys(credentials).join(', ')
    if (known === undefined) throw new Refusal('unprocessable', `secrets: ${name} has ${names}`)
    if (value !== null && !known.pattern.test(value))
      throw new Refusal('unprocessable', `secrets.${field}: ${known.meaning}: write ${known.form}`)
  }
  for (const [field, { isNeeded, meaning, form }] of Object.entries(credentials))
    if (isNeeded && (sent[field] === null || (sent[field] === undefined && !set.has(field))))
      throw new Refusal('unprocessable', `secrets.${field}: needed: ${meaning}: write ${form}`)
}

export function gatewayRoutes(gateways: Gateways): Route[] {
  const tag = 'Payment gateways'
  return [
    readRoute({
      url: '/v1/payment-gateways',
      scope: 'settings:read',
      tag,
      summary: 'The payment gateways of the tenant, in the order in which they are asked',
      answer: z.strictObject({ items: z.array(answer) }),
      handle: async (context) => ({ items: await views(context, gateways, await listGateways(context.db)) }),
    }),
    readRoute({
      url: '/v1/payment-gateways/{name}',
      scope: 'settings:read',
      tag,
      summary: 'A payment gateway; of its credentials whether and since when they are set',
      params: byName,
      answer,
      handle: async (context, { params }) =>
        (await views(context, gateways, [await getGateway(context.db, params.name)]))[0],
    }),
    writeRoute({
      method: 'PUT',
      url: '/v1/payment-gateways/{name}',
      scope: 'settings:write',
      tag,
      summary: 'Set up a payment gateway, or change it',
      params: byName,
      body: draft,
      hasSecret: true,
      answer,
      handle: async (context, { params: { name }, body }) => {
        const { db, tenant, nowMs } = context
        const { secrets, adapter: adapterName, countries, amounts, unansweredMost, ...rest } = body
        assertRouting({ amounts })
        const routing = { countries, amounts, unansweredMost }
        const adapter = gateways.adapters.get(adapterName)
        if (adapter === undefined)
          throw notFound(
            `adapter ${adapterName}: there are ${[...gateways.adapters.keys()].join(', ')}`,
            '/v1/payment-gateways',
          )
        const known = await findGateway(db, name)
        if (known !== undefined && known.adapter !== adapterName)
          throw new Refusal('conflict', `${name} is a gateway of ${known.adapter}: name another one`)
        const set = known === undefined ? undefined : (await secretsSet(db)).get(known.id)
        assertSecrets(adapter, secrets, set ?? new Map())
        const id = await putGateway(db, known, { name, adapter: adapterName, ...rest, routing }, nowMs)
        await putSecrets(db, gateways.ring, tenant.name, id, secrets)
        if (known === undefined) await askForPayouts(db, id, nowMs + PAYOUTS_EVERY_MS, nowMs)
        const told = { gateway: name, adapter: adapterName, isOpen: rest.isOpen, secrets: Object.keys(secrets) }
        await publish(
          db,
          [eventOf(known === undefined ? gatewayCreated : gatewayUpdated, { objectId: id }, told)],
          nowMs,
        )
        return (await views(context, gateways, [await getGateway(db, name)]))[0]
      },
    }),
  ]
}
