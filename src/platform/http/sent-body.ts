import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { invalidRequest } from './invalid-request.ts'
import { toJson } from './json.ts'
import { keptText } from './kept-text.ts'
import { parseBody } from './parse-json.ts'

const MAX_FIELDS = 60

/** What must be known of a body whose value stays on the thread that has read it. */
export interface SentBody {
  readonly fields: readonly string[]
  readonly fingerprint: string
}

/** Names of the fields at the top of a body, never their values. */
export function fieldsOf(body: unknown): readonly string[] {
  const isObject = body !== null && typeof body === 'object' && !Array.isArray(body) && !(body instanceof Uint8Array)
  return isObject ? Object.keys(body).slice(0, MAX_FIELDS).map(keptText) : []
}

/**
 * Reads a body with files on a thread: the one that charges gets what they come to, never their texts. Handing over 27 MB of
 * texts takes it 100 ms.
 * @throws Refusal that names what is wrong
 */
export function readBodyAs<T>(bytes: Uint8Array, schema: z.ZodType<T>): { asked: T; sent: SentBody } {
  const { value, fingerprint } = parseBody(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const read = schema.safeParse(value)
  if (!read.success)
    throw invalidRequest(read.error.issues.map(({ path, message }) => ({ path: `/${path.join('/')}`, message })))
  return { asked: read.data, sent: { fields: fieldsOf(value), fingerprint: fingerprint ?? toJson(read.data) } }
}

/** Keeps for the audit log, and for repetitions, what a thread has found about the body of a request. */
export function noteSent(request: FastifyRequest, { fields, fingerprint }: SentBody): void {
  request.sentFields = fields
  request.bodyFingerprint = fingerprint
}
