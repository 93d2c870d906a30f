import { createHash } from 'node:crypto'
import { z } from 'zod'
import { systemClock } from '../../platform/clock.ts'
import { bytesOf, type Route, writeRoute } from '../../platform/http/route.ts'
import type { Signer } from '../../platform/http/signature.ts'
import { askAtOnce } from './attempt-store.ts'
import { gatewayName } from './gateway-routes.ts'
import { findGateway, getGateway } from './gateway-store.ts'
import type { Gateways } from './gateways.ts'

/** Callbacks of providers are some kilobytes. */
const BODY_LIMIT = 256 * 1024
const MESSAGE_ID = /^[\x21-\x7e]{1,120}$/

/** Whoever shares the secret of a gateway with the tenant. */
function signerOf(gateways: Gateways): Signer {
  return {
    name: 'payment-gateway',
    header: 'stripe-signature',
    verify: async ({ db, tenant }, message, nowMs, params) => {
      const found = await findGateway(db, params['gateway'] ?? '')
      if (found === undefined) return null
      const callback = (await gateways.open(db, tenant, found)).parseCallback(message, nowMs)
      if (callback === null || !MESSAGE_ID.test(callback.id)) return null
      // The same callback may come again with another count of tries in it: that is another message, which does no harm.
      const digest = createHash('sha256').update(message.body).digest('hex').slice(0, 16)
      return `${found.name}:${callback.id}:${digest}`
    },
  }
}

/** Callbacks of providers. What they say is not believed: they only have the gateway asked, at once. */
export function callbackRoutes(gateways: Gateways): Route[] {
  return [
    writeRoute({
      url: '/v1/callbacks/{tenant}/payment-gateways/{gateway}',
      auth: 'signature',
      signer: signerOf(gateways),
      tag: 'Payment gateways',
      summary:
        'A callback of a payment provider, signed as the provider signs: the gateway is asked what has become of what it is about',
      params: z.object({ tenant: z.string().max(40), gateway: gatewayName }),
      rawBody: true,
      bodyLimit: BODY_LIMIT,
      content: { type: 'application/json', schema: z.unknown().describe('As the provider sends it') },
      answer: z.strictObject({ asked: z.int().describe('How many payments the gateway is asked about') }),
      handle: async ({ db, tenant }, { params, body }, { headers }) => {
        const found = await getGateway(db, params.gateway)
        const opened = await gateways.open(db, tenant, found)
        const nowMs = systemClock.nowMs()
        const callback = opened.parseCallback({ headers, body: bytesOf(body) }, nowMs)
        const asked = callback === null ? [] : await askAtOnce(db, found.id, callback, nowMs)
        return { asked: asked.length }
      },
    }),
  ]
}
