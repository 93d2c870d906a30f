import { join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { ClosedSegment } from '../../engine/ports.ts'
import type { ArchiveAnswer, ArchiveInput, ArchiveRequest } from './archive.ts'
import { openDatabase } from './database.ts'
import { findCharges, findRecords, findUnitUse, findUsageMoney } from './record-queries.ts'
import { readSegments, writeSegments } from './segment-files.ts'

/** The other end of `createArchive`: DuckDB and all work on files, away from the thread that decides. */
let opened: Promise<DuckDBInstance> | undefined
/** Segments that have come for a request that will. */
const inputs = new Map<number, ClosedSegment[]>()
/** Accounts that were asked for, by request. */
const asked = new Map<number, (accounts: (string | null)[]) => void>()

const send = (answer: ArchiveAnswer): void => parentPort?.postMessage(answer)

async function answer(request: ArchiveRequest): Promise<unknown> {
  opened ??= openDatabase()
  // A connection runs one query at a time, and has tables of its own.
  const connection = await (await opened).connect()
  try {
    return await work(connection, request)
  } finally {
    connection.closeSync()
  }
}

async function work(connection: DuckDBConnection, request: ArchiveRequest): Promise<unknown> {
  const { root, job } = request
  const full = (paths: readonly string[]): string[] => paths.map((path) => join(root, path))
  switch (job.kind) {
    case 'write': {
      const segments = inputs.get(request.id) ?? []
      inputs.delete(request.id)
      return writeSegments(connection, root, job.folder, segments, async (subscriptionIds) => {
        send({ id: request.id, subscriptionIds })
        return new Promise((resolve) => asked.set(request.id, resolve))
      })
    }
    case 'read':
      return readSegments(connection, full(job.paths), job.segments)
    case 'find':
      return findRecords(connection, full(job.paths), job.names)
    case 'charges':
      return findCharges(connection, full(job.paths), job.filter)
    case 'usage money':
      return findUsageMoney(connection, full(job.paths), job.query)
    case 'unit use':
      return findUnitUse(connection, full(job.paths), job.query)
  }
}

parentPort?.on('message', (request: ArchiveRequest | ArchiveInput | { id: number; accounts: (string | null)[] }) => {
  if ('segments' in request) {
    const known = inputs.get(request.id) ?? []
    known.push(...request.segments)
    inputs.set(request.id, known)
    return
  }
  if ('accounts' in request) {
    asked.get(request.id)?.(request.accounts)
    asked.delete(request.id)
    return
  }
  answer(request).then(
    (result) => send({ id: request.id, result }),
    (error: unknown) => send({ id: request.id, failure: error instanceof Error ? error.message : String(error) }),
  )
})
