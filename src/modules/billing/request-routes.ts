import type { FastifyRequest } from 'fastify'
import type { CorrectionReason } from '../../core/invoicing/correction-reason.ts'
import { type Route, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { byReference } from '../invoices/index.ts'
import type { Asking, RequestParts } from './asking.ts'
import { chargeOnRequest, creditOnRequest } from './on-request.ts'
import { chargesDraft, creditDraft, requestedNote, voidDraft } from './request-schemas.ts'
import { voidOnRequest } from './void-invoice.ts'

interface Draft {
  readonly key?: string | undefined
  readonly reason: CorrectionReason
  readonly text?: string | undefined
  readonly dryRun: boolean
}

function askingOf(
  kind: Asking['kind'],
  body: Draft,
  idempotencyKey: string | undefined,
  { caller }: FastifyRequest,
): Asking {
  const { key: own, dryRun, ...content } = body
  const key = own ?? idempotencyKey ?? (dryRun ? '' : undefined)
  if (key === undefined)
    throw new Refusal('idempotency_key_required', 'a note needs a key, in the body or as Idempotency-Key')
  const { reason, text } = body
  return {
    kind,
    key,
    reason,
    text,
    content: JSON.parse(JSON.stringify(content)),
    requestedBy: caller.id,
    asker: caller,
    dryRun,
  }
}

/** Documents that are corrected because somebody asks for it. */
export function requestRoutes(parts: RequestParts): Route[] {
  const shared = {
    scope: 'invoices:write',
    tag: 'Invoices',
    status: 201,
    params: byReference,
    answer: requestedNote,
  } as const
  return [
    writeRoute({
      ...shared,
      url: '/v1/invoices/{reference}/credit-notes',
      summary:
        'Credit an issued document: all that is left of it, lines, or an amount; never more than is left of a line',
      body: creditDraft,
      handle: async (context, { params, body, idempotencyKey }, request) =>
        creditOnRequest(parts, context, params.reference, askingOf('credit', body, idempotencyKey, request), body),
    }),
    writeRoute({
      ...shared,
      url: '/v1/invoices/{reference}/void',
      summary: 'Void an issued document by a credit note of all of it; what it billed is given up, or billed anew',
      body: voidDraft,
      handle: async (context, { params, body, idempotencyKey }, request) =>
        voidOnRequest(parts, context, params.reference, askingOf('void', body, idempotencyKey, request), body),
    }),
    writeRoute({
      ...shared,
      url: '/v1/invoices/{reference}/debit-notes',
      summary: 'Charge more by a debit note that names an issued document; it is taxed as bills are',
      body: chargesDraft,
      handle: async (context, { params, body, idempotencyKey }, request) =>
        chargeOnRequest(parts, context, params.reference, askingOf('debit', body, idempotencyKey, request), body),
    }),
  ]
}
