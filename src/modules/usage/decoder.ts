import { Worker } from 'node:worker_threads'
import type { Mapping } from '../../core/mediation/mapping.ts'
import type { DecodingContext, UsageBatch } from '../../core/mediation/usage-batch.ts'
import { type ProblemCode, Refusal } from '../../platform/problems.ts'
import { decodeRows, type RowPlace } from './decode-rows.ts'
import { decodeUsage } from './decode-usage.ts'

/** A smaller body is read at once: handing it over would take longer. */
const SMALL_BYTES = 16 * 1024

/** What is to be read: a body of usage, or rows of a mapped file. */
export type DecodeJob =
  | { readonly kind: 'usage'; readonly contentType: string }
  | { readonly kind: 'rows'; readonly mapping: Mapping; readonly header: readonly string[]; readonly place: RowPlace }

export interface DecodeRequest {
  readonly job: DecodeJob
  readonly bytes: Uint8Array
  /** Number of the context; its definition comes along the first time. */
  readonly context: number
  readonly definition?: DecodingContext
}

/** Answers come in the order of the requests. */
export interface DecodeAnswer {
  readonly batch?: UsageBatch
  readonly rows?: number
  readonly failure?: {
    readonly code: ProblemCode
    readonly detail: string
    readonly extra: Readonly<Record<string, unknown>>
  }
}

interface Decoded {
  readonly batch: UsageBatch
  readonly rows: number
}

interface Waiting {
  resolve(decoded: Decoded): void
  reject(error: unknown): void
}

/** Reads usage into columns on a thread of its own, so that the engine's thread only decides. */
export class Decoder {
  private worker: Worker | undefined
  /** Who waits for the thread, in order. */
  private readonly waiting: Waiting[] = []
  private contexts = new Map<DecodingContext['metersByType'], number>()

  /** @param body is given away: it may be empty afterwards. */
  async decode(job: DecodeJob, body: Buffer, context: DecodingContext): Promise<Decoded> {
    if (body.length < SMALL_BYTES) return decodeHere(job, body, context)
    this.worker ??= this.start()
    const known = this.contexts.get(context.metersByType)
    const number = known ?? this.contexts.size + 1
    this.contexts.set(context.metersByType, number)
    // A body that shares its memory with others is copied.
    const bytes = body.length === body.buffer.byteLength ? body : new Uint8Array(body)
    const request: DecodeRequest = {
      job,
      bytes,
      context: number,
      ...(known === undefined ? { definition: context } : {}),
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject })
      this.worker?.postMessage(request, [bytes.buffer as ArrayBuffer])
    })
  }

  async close(): Promise<void> {
    await this.worker?.terminate()
  }

  private start(): Worker {
    const worker = new Worker(new URL('decode-worker.ts', import.meta.url))
    worker.on('message', ({ batch, rows, failure }: DecodeAnswer) => {
      const waiting = this.waiting.shift()
      if (batch !== undefined) waiting?.resolve({ batch, rows: rows ?? batch.count })
      else if (failure?.code === 'internal') waiting?.reject(new Error(failure.detail))
      else waiting?.reject(new Refusal(failure?.code ?? 'internal', failure?.detail ?? '', failure?.extra))
    })
    worker.on('error', (error) => {
      for (const waiting of this.waiting.splice(0)) waiting.reject(error)
      this.contexts = new Map()
      this.worker = undefined
    })
    worker.unref()
    return worker
  }
}

function decodeHere(job: DecodeJob, body: Buffer, context: DecodingContext): Decoded {
  if (job.kind === 'rows') return decodeRows(body.toString('utf8'), job.mapping, job.header, job.place, context)
  const batch = decodeUsage(body, job.contentType, context)
  return { batch, rows: batch.count }
}
