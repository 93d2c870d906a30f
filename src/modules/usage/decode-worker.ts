import { parentPort } from 'node:worker_threads'
import type { DecodingContext, UsageBatch } from '../../core/mediation/usage-batch.ts'
import { Refusal } from '../../platform/problems.ts'
import { decodeRows } from './decode-rows.ts'
import { decodeUsage } from './decode-usage.ts'
import type { DecodeAnswer, DecodeRequest } from './decoder.ts'

/** The other end of `Decoder`: reads bodies into columns, away from the thread that decides. */
const contexts = new Map<number, DecodingContext>()

function decode({ context: number, job, bytes }: DecodeRequest): { batch: UsageBatch; rows: number } {
  const context = contexts.get(number) as DecodingContext
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (job.kind === 'usage') {
    const batch = decodeUsage(body, job.contentType, context)
    return { batch, rows: batch.count }
  }
  return decodeRows(body.toString('utf8'), job.mapping, job.header, job.place, context)
}

parentPort?.on('message', (request: DecodeRequest) => {
  if (request.definition !== undefined) contexts.set(request.context, request.definition)
  try {
    const { batch, rows } = decode(request)
    const { identity, body, serviceHash, startMs, endMs, quantities, id, service, data, source, type } = batch
    const columns = [
      identity,
      body,
      serviceHash,
      startMs,
      endMs,
      quantities,
      source.places,
      type.places,
      ...[id, service, data, ...batch.attributes.values()].flatMap(({ bytes, ends, lengths }) =>
        lengths === null ? [bytes, ends] : [bytes, ends, lengths],
      ),
    ]
    const buffers = [...new Set(columns.map((column) => column.buffer as ArrayBuffer))]
    parentPort?.postMessage({ batch, rows } satisfies DecodeAnswer, buffers)
  } catch (error) {
    const failure =
      error instanceof Refusal
        ? { code: error.code, detail: error.message, extra: error.extra }
        : { code: 'internal' as const, detail: String(error), extra: {} }
    parentPort?.postMessage({ failure } satisfies DecodeAnswer)
  }
})
