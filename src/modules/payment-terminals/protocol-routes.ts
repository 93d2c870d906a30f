import { z } from 'zod'
import { type TerminalAnswer, writeJson, writeXml } from '../../core/terminals/results.ts'
import { bytesOf, RawAnswer, type Route, streamRoute } from '../../platform/http/route.ts'
import type { KeyRing } from '../../platform/secrets/key-ring.ts'
import type { StreamContext } from '../../platform/tenant.ts'
import { networkSigner } from './authenticate.ts'
import type { TerminalParts } from './parts.ts'
import { readFields, wantsJson } from './read-fields.ts'
import { serveTerminal } from './serve.ts'
import { getNetwork } from './store.ts'

/** A request of a terminal is some hundred bytes. */
const BODY_LIMIT = 16 * 1024

/**
 * What terminals and apps of banks ask: `command=check|pay|status|cancel`. Whatever they ask is answered with HTTP 200 and a result in XML or JSON, as
 * they expect it; only who is nobody's network gets a problem.
 */
export function protocolRoutes(parts: TerminalParts, ring: KeyRing, onFault: (error: unknown) => void): Route[] {
  const handle = async (
    context: StreamContext,
    { params, body }: { readonly params: { readonly network: string }; readonly body: unknown },
    {
      headers,
      query,
      caller,
    }: {
      readonly headers: Parameters<typeof wantsJson>[0]
      readonly query: unknown
      readonly caller: { readonly id: string }
    },
  ): Promise<RawAnswer> => {
    const network = await getNetwork(context.db, params.network)
    const fields = readFields({ headers, body: bytesOf(body), query: query as Readonly<Record<string, unknown>> })
    let answer: TerminalAnswer
    try {
      answer =
        fields === null
          ? { reason: 'bad_fields', txnId: null }
          : await serveTerminal(parts, context, network, fields, `${caller.id} ${network.name}`)
    } catch (error) {
      // Nothing is said of what was not committed: the network sends it again.
      onFault(error)
      answer = { reason: 'temporary', txnId: null }
    }
    return (wantsJson(headers) ?? network.format === 'json')
      ? new RawAnswer('application/json; charset=utf-8', writeJson(answer))
      : new RawAnswer('application/xml; charset=utf-8', writeXml(answer))
  }
  const common = {
    url: '/v1/callbacks/{tenant}/terminals/{network}',
    auth: 'signature',
    signer: networkSigner(ring),
    tag: 'Payment terminals',
    params: z.object({ tenant: z.string().max(40), network: z.string().max(40) }),
    rawBody: true,
    bodyLimit: BODY_LIMIT,
  } as const
  return [
    streamRoute({
      ...common,
      summary:
        'What a payment terminal asks in its address: command=check, pay, status or cancel; answered in XML or JSON',
      query: z.looseObject({}),
      handle,
    }),
    streamRoute({
      ...common,
      method: 'POST',
      logged: 'in its commit',
      summary:
        'What a payment terminal asks in a form or in JSON: command=check, pay, status or cancel; answered in XML or JSON',
      query: z.looseObject({}),
      content: {
        type: 'application/x-www-form-urlencoded',
        schema: z.unknown().describe('The fields, or a flat JSON object'),
      },
      handle,
    }),
  ]
}
