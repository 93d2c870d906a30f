import type { DecodingContext } from '../../core/mediation/usage-batch.ts'
import { doJobs, Handed } from '../../platform/worker-jobs.ts'
import { decodeRows } from './decode-rows.ts'
import { decodeUsage } from './decode-usage.ts'
import type { Decoded, DecodeRequest } from './decoder.ts'

/** The other end of `Decoder`: reads bodies into columns, away from the thread that decides. */
const contexts = new Map<number, DecodingContext>()

function decode({ context: number, job, bytes }: DecodeRequest): Decoded {
  const context = contexts.get(number) as DecodingContext
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (job.kind === 'usage') {
    const batch = decodeUsage(body, job.contentType, context)
    return { batch, rows: batch.count }
  }
  return decodeRows(body.toString('utf8'), job.mapping, job.header, job.place, context)
}

doJobs((request: DecodeRequest) => {
  if (request.definition !== undefined) contexts.set(request.context, request.definition)
  const decoded = decode(request)
  const { identity, body, serviceHash, startMs, endMs, quantities, id, service, data, source, type } = decoded.batch
  const columns = [
    identity,
    body,
    serviceHash,
    startMs,
    endMs,
    quantities,
    source.places,
    type.places,
    ...[id, service, data, ...decoded.batch.attributes.values()].flatMap(({ bytes, ends, lengths }) =>
      lengths === null ? [bytes, ends] : [bytes, ends, lengths],
    ),
  ]
  return new Handed(decoded, [...new Set(columns.map((column) => column.buffer as ArrayBuffer))])
})
