import { z } from 'zod'
import { systemClock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { bytesOf, type Route, writeRoute } from '../../platform/http/route.ts'
import type { SignedMessage, Signer } from '../../platform/http/signature.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import type { DocumentTransport } from './ports.ts'
import { askForDelivery, deliveryIdOf, lockDelivery } from './store.ts'
import type { Ways } from './ways.ts'

/** Callbacks of access points are some kilobytes. */
const BODY_LIMIT = 64 * 1024

/** Null where there is no access point: its callbacks are nobody's. */
async function accessPoint(
  ways: Ways,
  { db, tenant }: { db: Database; tenant: Pick<Tenant, 'name'> },
): Promise<DocumentTransport | null> {
  try {
    return await ways.open(db, tenant, 'peppol')
  } catch (error) {
    if (error instanceof Refusal && error.code === 'conflict') return null
    throw error
  }
}

function signerOf(ways: Ways): Signer {
  return {
    name: 'access-point',
    header: 'webhook-signature',
    verify: async (context, message, nowMs) =>
      (await accessPoint(ways, context))?.parseCallback(message, nowMs)?.id ?? null,
  }
}

/** What the access point tells. It is not believed: it has the access point asked, at once. */
export function callbackRoutes(ways: Ways): Route[] {
  return [
    writeRoute({
      url: '/v1/callbacks/{tenant}/peppol',
      auth: 'signature',
      signer: signerOf(ways),
      tag: 'Deliveries',
      summary: 'A callback of the access point of Peppol: it is asked what has become of the document that it is about',
      params: z.object({ tenant: z.string().max(40) }),
      rawBody: true,
      bodyLimit: BODY_LIMIT,
      content: {
        type: 'application/json',
        schema: z.unknown().describe('`{"id": "…"}`: the id that it was sent with'),
      },
      answer: z.strictObject({ asked: z.int().describe('How many documents the access point is asked about') }),
      handle: async (context, { body }, { headers }) => {
        const { db, nowMs, afterCommit } = context
        const message: SignedMessage = { headers, body: bytesOf(body) }
        const told = (await accessPoint(ways, context))?.parseCallback(message, systemClock.nowMs())
        const id = deliveryIdOf(told?.documentId ?? '')
        if (id === null) return { asked: 0 }
        const found = await db.selectFrom('delivery').select('id').where('id', '=', id).executeTakeFirst()
        if (found === undefined) return { asked: 0 }
        const { state, transport } = await lockDelivery(db, id)
        if (transport !== 'peppol' || (state !== 'sent' && state !== 'unknown')) return { asked: 0 }
        await askForDelivery(db, id, nowMs)
        afterCommit({ kind: 'wake jobs' })
        return { asked: 1 }
      },
    }),
  ]
}
