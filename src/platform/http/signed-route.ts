import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { WriteContext } from '../tenant.ts'
import { parseJson } from './parse-json.ts'
import { type Route, writeRoute } from './route.ts'
import type { Signer } from './signature.ts'

/** Messages of providers are short. */
const BODY_LIMIT = 256 * 1024

/**
 * A write by a message in JSON that a provider has signed. It is one transaction; the same message again has no further effect
 * and gets the first answer.
 */
export function signedRoute<Message>(definition: {
  /** Names the tenant: `/v1/callbacks/{tenant}/payment-notices`. */
  readonly url: `${string}{tenant}${string}`
  readonly signer: Signer
  readonly tag: string
  readonly summary: string
  readonly status?: number
  readonly params: z.ZodType
  readonly message: z.ZodType<Message>
  readonly answer: z.ZodType
  readonly handle: (context: WriteContext, message: Message, request: FastifyRequest) => Promise<unknown>
}): Route {
  const { message, handle, ...described } = definition
  return writeRoute({
    ...described,
    auth: 'signature',
    rawBody: true,
    bodyLimit: BODY_LIMIT,
    content: { type: 'application/json', schema: message },
    handle: async (context, { body }, request) => handle(context, message.parse(parseJson(body as Buffer)), request),
  })
}
