import { PassThrough } from 'node:stream'
import { useOwnFontsAlone } from '../adapters/typst/own-fonts.ts'
import type { Memory, UnitUse } from '../engine/index.ts'
import type { UsageFound, UsageQuery, UsageReader } from '../modules/books/index.ts'
import type { WriteDocument } from '../modules/deliveries/index.ts'
import type { StatedAnchor } from '../modules/proofs/index.ts'
import { Gate } from '../platform/gate.ts'
import type { AnyInput, AsideWork } from '../platform/http/answer-route.ts'
import { RawAnswer, type Route } from '../platform/http/route.ts'
import { Refusal } from '../platform/problems.ts'
import type { Tenant, WorkProgress } from '../platform/tenant.ts'
import { WorkerPool } from '../platform/worker-pool.ts'
import { nameOf } from './reading-routes.ts'

/** Threads, and how many of them may work on what takes many minutes. */
const THREADS = 3
const LONG_THREADS = 1
const SHORT_MS = 10 * 60_000
const LONG_MS = 4 * 3_600_000
/** How long a part of an answer may lie in front of somebody who does not read it. */
const UNREAD_MS = 30_000

/** What a thread for reading is started with. */
export interface ReadingThreadData {
  readonly databaseUrl: string
  readonly dataDir: string
}

export type ReadingJob =
  | {
      readonly kind: 'route'
      readonly name: string
      readonly tenant: Tenant
      readonly nowMs: number
      readonly input: AnyInput
    }
  | { readonly kind: 'state'; readonly tenant: Tenant; readonly invoiceIds: readonly string[] }
  | { readonly kind: 'usage'; readonly tenant: Tenant; readonly query: UsageQuery }
  | { readonly kind: 'unit use'; readonly tenant: Tenant; readonly accountId: string }

/** A whole answer; null where it was sent in parts. */
export interface ReadingAnswer {
  readonly type: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/**
 * Threads that read journals, archives and rows with connections of their own, and set documents: what they do never stalls
 * charging. One tenant has one of them at a time, and one more for its check.
 */
export class ReadingThreads implements AsideWork {
  private readonly pool: WorkerPool
  private readonly memory: Memory
  private readonly anchor: (tenant: Tenant) => Promise<void>
  /** How far the checks of tenants are; null before one has said anything. */
  private readonly checks = new Map<string, WorkProgress | null>()
  private readonly long = new Gate('checks', {
    atOnce: LONG_THREADS,
    atOnceOfOwner: 1,
    waiting: 32,
    waitingOfOwner: 2,
  })

  constructor(data: ReadingThreadData, memory: Memory, anchor: (tenant: Tenant) => Promise<void>) {
    this.memory = memory
    this.anchor = anchor
    useOwnFontsAlone()
    this.pool = new WorkerPool({
      title: 'explanations, statements, documents, checks and simulations',
      file: new URL('reading-thread.ts', import.meta.url),
      threads: THREADS,
      limits: { atOnceOfOwner: 1, waiting: 1_000, waitingOfOwner: 32 },
      deadlineMs: SHORT_MS,
      maxHeapMb: 4_096,
      data,
    })
  }

  async run(route: Route, { tenant, nowMs }: { tenant: Tenant; nowMs: number }, input: AnyInput): Promise<RawAnswer> {
    const job: ReadingJob = { kind: 'route', name: nameOf(route), tenant, nowMs, input }
    if (route.aside !== 'long') return this.answer(tenant.name, job, SHORT_MS)
    this.checks.set(tenant.name, null)
    const onProgress = (progress: WorkProgress): void => void this.checks.set(tenant.name, progress)
    try {
      return await this.long.run(tenant.name, async () =>
        this.answer(`check of ${tenant.name}`, job, LONG_MS, onProgress),
      )
    } finally {
      this.checks.delete(tenant.name)
    }
  }

  /** What modules on the thread that charges ask of these. */
  readonly forModules = {
    /** Null while the check waits for its turn, undefined where none was asked for. */
    checkProgress: (tenant: string): WorkProgress | null | undefined => this.checks.get(tenant),
    usageReaderOf: (tenant: Tenant): UsageReader => this.usageReaderOf(tenant),
    writeDocument: (async (tenant, nowMs, name, { params, query }) => {
      const input = { params, query, body: undefined, idempotencyKey: undefined }
      const job: ReadingJob = { kind: 'route', name, tenant, nowMs, input }
      const { type, body } = await this.answer(`deliveries of ${tenant.name}`, job, SHORT_MS)
      if (!(typeof body === 'string' || body instanceof Uint8Array)) throw new Error(`${name} answers in parts`)
      return { type, content: Buffer.from(body) }
    }) satisfies WriteDocument,
  }

  /** What the journal is to vouch for of some documents. */
  async state(tenant: Tenant, invoiceIds: readonly string[]): Promise<StatedAnchor[]> {
    const job: ReadingJob = { kind: 'state', tenant, invoiceIds }
    const onCall = async (name: string, args: readonly unknown[]): Promise<unknown> => this.askMemory(name, args)
    const stated = this.pool.run(`anchors of ${tenant.name}`, () => ({ message: job }), onCall, LONG_MS)
    return (await stated) as StatedAnchor[]
  }

  /** Reads usage of a tenant for its books. */
  private usageReaderOf(tenant: Tenant): UsageReader {
    const run = async <T>(job: ReadingJob): Promise<T> => {
      const onCall = async (name: string, args: readonly unknown[]): Promise<unknown> => this.askMemory(name, args)
      return (await this.pool.run(`books of ${tenant.name}`, () => ({ message: job }), onCall, LONG_MS)) as T
    }
    return {
      usage: async (query) => run<UsageFound>({ kind: 'usage', tenant, query }),
      unitUse: async (accountId) => run<UnitUse[]>({ kind: 'unit use', tenant, accountId }),
    }
  }

  /** Resolves with the answer, or as soon as it begins to come. */
  private async answer(
    owner: string,
    job: ReadingJob,
    deadlineMs: number,
    onProgress: (progress: WorkProgress) => void = () => undefined,
  ): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      let parts: PassThrough | null = null
      const onCall = async (name: string, args: readonly unknown[]): Promise<unknown> => {
        if (name === 'begin') {
          parts = new PassThrough()
          parts.on('error', () => undefined)
          resolve(new RawAnswer(String(args[0]), parts, args[1] as ReadingAnswer['headers']))
          return undefined
        }
        if (name === 'progress') return onProgress(args[0] as WorkProgress)
        if (name === 'part') return parts === null ? undefined : write(parts, String(args[0]))
        return name === 'anchor' ? this.anchor(args[0] as Tenant) : this.askMemory(name, args)
      }
      this.pool
        .run(owner, () => ({ message: job }), onCall, deadlineMs)
        .then(
          (answer) => {
            const { type, headers, body } = (answer ?? { type: '', headers: {}, body: '' }) as ReadingAnswer
            if (parts === null) resolve(new RawAnswer(type, typeof body === 'string' ? body : asBuffer(body), headers))
            else parts.end()
          },
          (error: Error) => {
            if (parts === null) reject(error)
            else parts.destroy(error)
          },
        )
    })
  }

  private async askMemory(name: string, args: readonly unknown[]): Promise<unknown> {
    const ask = this.memory[name as keyof Memory] as (...given: readonly unknown[]) => Promise<unknown>
    return ask(...args)
  }

  async close(): Promise<void> {
    await this.pool.close()
  }
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

/** Resolves when there is room for the next part. */
async function write(parts: PassThrough, text: string): Promise<void> {
  if (parts.destroyed) throw new Refusal('invalid_request', 'nobody reads this answer any more')
  if (parts.write(text)) return
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => parts.destroy(new Error('an answer was left unread')), UNREAD_MS)
    const end = (): void => {
      clearTimeout(late)
      parts.off('drain', end).off('close', end)
      if (parts.destroyed) reject(new Refusal('invalid_request', 'nobody reads this answer any more'))
      else resolve()
    }
    parts.on('drain', end).on('close', end)
  })
}
