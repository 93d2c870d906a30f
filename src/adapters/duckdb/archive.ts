import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import type {
  Archive,
  ArchivedRecord,
  ArchiveFile,
  ChargedRecord,
  ClosedSegment,
  RecordFilter,
  RecordName,
  UnitsTaken,
  UsageCounts,
  UsageMoney,
  UsageMoneyQuery,
} from '../../engine/ports.ts'
import { startHeavyThread } from '../../platform/heavy-thread.ts'
import { digestOf } from './file-digest.ts'
import { slicesOf } from './slices.ts'
import { VerifiedFiles } from './verified-files.ts'

type ArchiveJob =
  | { readonly kind: 'write'; readonly folder: string }
  | {
      readonly kind: 'read'
      readonly paths: readonly string[]
      readonly segments: readonly { readonly seq: number; readonly counts: UsageCounts }[]
    }
  | { readonly kind: 'find'; readonly paths: readonly string[]; readonly names: readonly RecordName[] }
  | { readonly kind: 'charges'; readonly paths: readonly string[]; readonly filter: RecordFilter }
  | { readonly kind: 'usage money' | 'unit use'; readonly paths: readonly string[]; readonly query: UsageMoneyQuery }

export interface ArchiveRequest {
  readonly id: number
  readonly root: string
  readonly job: ArchiveJob
}

/** Segments that a job is about; they come before it. */
export interface ArchiveInput {
  readonly id: number
  readonly segments: readonly ClosedSegment[]
}

/** Bytes of payloads that are handed over at once: handing over is copying, and nothing is decided meanwhile. */
const INPUT_BYTES = 1024 * 1024

/** A result, a failure, or a question for the accounts of subscriptions. */
export type ArchiveAnswer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failure: string }
  | { readonly id: number; readonly subscriptionIds: readonly string[] }

interface Waiting {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
  readonly accountsOf?: Parameters<Archive['write']>[2] | undefined
}

/** Parquet files below a folder, written and read by DuckDB on a thread of its own, which starts when it is needed. */
export function createArchive(root: string): Archive {
  const thread = new ArchiveThread(root)
  const verified = new VerifiedFiles(root)
  return {
    write: async (folder, segments, accountsOf) =>
      (await thread.run<ArchiveFile[]>({ kind: 'write', folder }, { segments, accountsOf })).map((file) => ({
        ...file,
        sha256: Buffer.from(file.sha256),
      })),
    readSegments: async (files, segments) =>
      thread.run<Uint8Array[]>({ kind: 'read', paths: await verified.pathsOf(files), segments }),
    find: async (files, names) =>
      thread.run<ArchivedRecord[]>({ kind: 'find', paths: await verified.pathsOf(files), names }),
    charges: async (files, filter) =>
      thread.run<ChargedRecord[]>({ kind: 'charges', paths: await verified.pathsOf(files), filter }),
    usageMoney: async (files, query) =>
      thread.run<UsageMoney[]>({ kind: 'usage money', paths: await verified.pathsOf(files), query }),
    unitUse: async (files, query) =>
      thread.run<UnitsTaken>({ kind: 'unit use', paths: await verified.pathsOf(files), query }),
    digest: async (path) => digestOf(join(root, path)).catch(() => null),
    removeUnknown: async (folder, known) => {
      const names = await readdir(join(root, folder), { recursive: true }).catch(() => [])
      const paths = names.filter((name) => name.endsWith('.parquet')).map((name) => join(folder, name))
      for (const path of paths) if (!known.has(path)) await rm(join(root, path), { force: true })
    },
    close: async () => thread.close(),
  }
}

class ArchiveThread {
  private readonly root: string
  private worker: Worker | undefined
  private readonly waiting = new Map<number, Waiting>()
  private lastId = 0

  constructor(root: string) {
    this.root = root
  }

  async run<T>(
    job: ArchiveJob,
    { segments = [], accountsOf }: { segments?: readonly ClosedSegment[]; accountsOf?: Waiting['accountsOf'] } = {},
  ): Promise<T> {
    this.worker ??= this.start()
    const { worker } = this
    const id = ++this.lastId
    const answer = new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as Waiting['resolve'], reject, accountsOf })
    })
    // Should the thread end meanwhile, whoever asked hears of it below.
    answer.catch(() => undefined)
    for (const part of slicesOf(segments, INPUT_BYTES, ({ payload }) => payload.length)) {
      worker.postMessage({ id, segments: part } satisfies ArchiveInput)
      await new Promise((resolve) => setImmediate(resolve))
    }
    worker.postMessage({ id, root: this.root, job } satisfies ArchiveRequest)
    return answer
  }

  private start(): Worker {
    const worker = startHeavyThread(new URL('archive-worker.ts', import.meta.url))
    worker.on('message', (answer: ArchiveAnswer) => {
      const waiting = this.waiting.get(answer.id)
      if ('subscriptionIds' in answer) {
        worker.postMessage({ id: answer.id, accounts: waiting?.accountsOf?.(answer.subscriptionIds) ?? [] })
        return
      }
      this.waiting.delete(answer.id)
      if ('failure' in answer) waiting?.reject(new Error(`the archive: ${answer.failure}`))
      else waiting?.resolve(answer.result)
    })
    worker.on('error', (error) => this.drop(error as Error))
    worker.unref()
    return worker
  }

  private drop(reason: Error): void {
    for (const waiting of this.waiting.values()) waiting.reject(reason)
    this.waiting.clear()
    this.worker = undefined
  }

  async close(): Promise<void> {
    const { worker } = this
    this.drop(new Error('the archive is closed'))
    await worker?.terminate()
  }
}
