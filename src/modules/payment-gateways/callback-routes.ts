import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import { systemClock } from '../../platform/clock.ts'
import { type Route, writeRoute } from '../../platform/http/route.ts'
import type { Signer } from '../../platform/http/signature.ts'
import { askAtOnce } from './attempt-store.ts'
import { gatewayName } from './gateway-routes.ts'
import { findGateway, getGateway } from './gateway-store.ts'
import type { Gateways } from './gateways.ts'
import type { GatewayCallback } from './ports.ts'

/** Callbacks of providers are some kilobytes. */
const BODY_LIMIT = 256 * 1024
const MESSAGE_ID = /^[\x21-\x7e]{1,120}$/

/** Callbacks that were verified, by the headers of their requests: a provider may have to be asked for it, which is done once and in no transaction. */
type Verified = WeakMap<IncomingHttpHeaders, GatewayCallback>

/** Whoever shares the secret of a gateway with the tenant. */
function signerOf(gateways: Gateways, verified: Verified): Signer {
  return {
    name: 'payment-gateway',
    header: 'stripe-signature',
    verify: async ({ db, tenant }, message, nowMs, params) => {
      const found = await findGateway(db, params['gateway'] ?? '')
      if (found === undefined) return null
      const callback = await (await gateways.open(db, tenant, found)).parseCallback(message, nowMs)
      if (callback === null || !MESSAGE_ID.test(callback.id)) return null
      verified.set(message.headers, callback)
      // The same callback may come again with another count of tries in it: that is another message, which does no harm.
      const digest = createHash('sha256').update(message.body).digest('hex').slice(0, 16)
      return `${found.name}:${callback.id}:${digest}`
    },
  }
}

/** Callbacks of providers. What they say is not believed: they only have the gateway asked, at once. */
export function callbackRoutes(gateways: Gateways): Route[] {
  const verified: Verified = new WeakMap()
  return [
    writeRoute({
      url: '/v1/callbacks/{tenant}/payment-gateways/{gateway}',
      auth: 'signature',
      signer: signerOf(gateways, verified),
      tag: 'Payment gateways',
      summary:
        'A callback of a payment provider, signed as the provider signs: the gateway is asked what has become of what it is about',
      params: z.object({ tenant: z.string().max(40), gateway: gatewayName }),
      query: z.object({
        key: z.string().max(100).optional().describe('Of providers that sign nothing: what it is about'),
        signature: z.string().max(100).optional().describe('Of the key, as it was given to the provider'),
      }),
      rawBody: true,
      bodyLimit: BODY_LIMIT,
      content: { type: 'application/json', schema: z.unknown().describe('As the provider sends it') },
      answer: z.union([
        z.strictObject({ asked: z.int().describe('How many payments the gateway is asked about') }),
        z.record(z.string(), z.union([z.string(), z.number()])).describe('What the provider wants to be answered'),
      ]),
      handle: async ({ db }, { params }, { headers }) => {
        const found = await getGateway(db, params.gateway)
        const callback = verified.get(headers)
        const asked = callback === undefined ? [] : await askAtOnce(db, found.id, callback, systemClock.nowMs())
        return callback?.reply ?? { asked: asked.length }
      },
    }),
  ]
}
