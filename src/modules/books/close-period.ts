import { createHash } from 'node:crypto'
import { textOfLine } from '../../core/books/book-line.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, type DatabaseTransaction, inSchema, inTransaction } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import type { JobHandler, RunningJob } from '../../platform/jobs/job.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import type { Parts } from '../module.ts'
import { computePeriod } from './compute-period.ts'
import type { Computing } from './computing.ts'
import { periodClosed, periodReopened } from './events.ts'
import { insertLines, insertRecognitions, removeDraft } from './line-store.ts'
import { nextToClose, PERIOD_CLOSE, standingOf } from './periods.ts'
import { listRates } from './rates.ts'
import * as store from './store.ts'
import type { UsageReader } from './usage-reader.ts'

/** What closing needs of the process, besides what all modules get. */
export interface BooksNeeds extends Parts {
  /** Reads usage of a tenant on a thread for reading. */
  readonly usageReaderOf: (tenant: Tenant) => UsageReader
}

/**
 * Asks for the period that begins on a day to be closed; the work is a job. Asked again it is the same, and nothing new for one that is
 * closed. @param headSeq the last segment of the journal
 */
export async function askToClose(
  db: DatabaseTransaction,
  books: store.Books,
  start: string,
  headSeq: number,
  nowMs: number,
): Promise<store.AccountingPeriod> {
  const standing = await standingOf(db, books)
  const known = standing.periods.find(({ startDay }) => startDay === start)
  if (known?.state === 'closed') return known
  const { end } = nextToClose(books, standing, start, nowMs)
  const cutoff = { cutoffAt: new Date(nowMs), cutoffSeq: BigInt(headSeq), cutoffId: newId() }
  if (known === undefined) {
    const days = { startDay: start, endDay: end, state: 'closing', generation: 1 } as const
    await store.insertPeriod(db, { id: newId(), issuerId: books.issuerId, ...days, ...cutoff })
  } else if (known.state === 'open') {
    await store.updatePeriod(db, known.id, { state: 'closing', generation: known.generation + 1, ...cutoff })
  }
  const period = (await store.listPeriods(db, books.issuerId)).find(({ startDay }) => startDay === start)
  await askForJob(db, { kind: PERIOD_CLOSE, key: `${books.issuerId} ${start}` }, nowMs)
  return period as store.AccountingPeriod
}

/** Opens the last closed period again, with a reason. What it was closed with stays, as an earlier generation. */
export async function reopenPeriod(
  db: DatabaseTransaction,
  books: store.Books,
  start: string,
  reason: string,
  nowMs: number,
): Promise<store.AccountingPeriod> {
  const { periods, lastClosed } = await standingOf(db, books)
  const period = periods.find(({ startDay }) => startDay === start)
  if (period === undefined || period.state === 'open')
    throw new Refusal('conflict', `no period from ${start} is closed`)
  if (period.state === 'closing') throw new Refusal('conflict', `the period from ${start} is being closed`)
  if (period.id !== lastClosed?.id || periods.some(({ state }) => state === 'closing'))
    throw new Refusal('conflict', 'periods are reopened from the last one backwards: later ones build on it')
  await store.updatePeriod(db, period.id, { state: 'open' })
  const { issuerId, generation, startDay, endDay } = period
  await store.insertChange(db, {
    ...{ id: newId(), issuerId, periodId: period.id, generation, kind: 'reopened', reason },
    ...{ lines: null, digest: null, previousDigest: null, createdAt: new Date(nowMs) },
  })
  const told = { issuerId, from: startDay, until: endDay, reason }
  await publish(db, [eventOf(periodReopened, { objectId: period.id }, told)], nowMs)
  return { ...period, state: 'open' }
}

/** Lines that are written at once. */
const SLICE = 1_000

/** Closes periods: computes their lines and writes them, slice by slice. A process may be killed at any moment: then it begins anew. */
export function periodCloseJob({ db, engine, usageReaderOf }: BooksNeeds): JobHandler {
  return {
    kind: PERIOD_CLOSE,
    maxAttempts: 1,
    isReady: ({ name }, onReady) => engine.isReady(name, onReady),
    work,
    onFailed: async (scoped, { key }) => openAgain(scoped, key),
    onCancelled: async (scoped, { key }) => openAgain(scoped, key),
  }

  async function work(job: RunningJob): Promise<'done' | 'stopped'> {
    const scoped = inSchema(db, job.tenant.schema)
    const found = await job.patiently(async () => findAsked(scoped, job.key))
    if (found === null) return 'done'
    const { books, period, before } = found
    await job.patiently(async () => removeDraft(scoped, period))
    const sentences: string[] = []
    const computing: Computing = {
      ...{ db: scoped, books, before, start: period.startDay, end: period.endDay },
      ...{ cutoffMs: period.cutoffAt.getTime(), cutoffSeq: Number(period.cutoffSeq) },
      rules: await store.listGlRules(scoped, books.issuerId),
      rates: await listRates(scoped, books),
      usage: usageReaderOf(job.tenant),
      tell: (sentence) => void sentences.push(sentence),
    }
    const previous = before === null ? null : ((await store.findClosing(scoped, before))?.digest ?? null)
    const digest = createHash('sha256').update(previous ?? new Uint8Array())
    const unmapped = new Set<string>()
    let count = 0
    for await (const { lines, recognitions } of computePeriod(computing)) {
      if (job.isStopped() || job.isCancelled()) return 'stopped'
      for (const { code, ledgerAccount } of lines) if (code === null) unmapped.add(ledgerAccount)
      if (unmapped.size > MAX_UNMAPPED) break
      for (const line of lines) digest.update(textOfLine(line))
      const known = lines.map((line) => ({ ...line, code: line.code ?? '' }))
      for (let at = 0; at < known.length; at += SLICE)
        await insertLines(scoped, period, known.slice(at, at + SLICE), count + at)
      for (let at = 0; at < recognitions.length; at += SLICE)
        await insertRecognitions(scoped, period, recognitions.slice(at, at + SLICE))
      count += lines.length
      await job.tell({ done: count, total: null, words: 'lines' })
    }
    if (unmapped.size > 0) throw new Error(unmappedWords([...unmapped]))
    await job.patiently(async () =>
      finish(scoped, job, period, { count, digest: digest.digest(), previous, sentences }),
    )
    return 'done'
  }
}

/** Accounts without a rule that one answer names. */
const MAX_UNMAPPED = 10

function unmappedWords(accounts: readonly string[]): string {
  return `no rule says which account of the general ledger takes ${accounts.slice(0, MAX_UNMAPPED).sort().join(', ')}`
}

async function findAsked(
  db: Database,
  key: string,
): Promise<{ books: store.Books; period: store.AccountingPeriod; before: store.AccountingPeriod | null } | null> {
  const [issuerId = '', start = ''] = key.split(' ')
  const books = await store.findBooks(db, issuerId)
  if (books === undefined) return null
  const { periods, lastClosed } = await standingOf(db, books)
  const period = periods.find(({ startDay }) => startDay === start)
  return period?.state === 'closing' ? { books, period, before: lastClosed } : null
}

async function finish(
  db: Database,
  job: RunningJob,
  period: store.AccountingPeriod,
  {
    count,
    digest,
    previous,
    sentences,
  }: {
    readonly count: number
    readonly digest: Buffer
    readonly previous: Buffer | null
    readonly sentences: readonly string[]
  },
): Promise<void> {
  const { id: periodId, issuerId, generation, startDay, endDay } = period
  await inTransaction(db, async (trx) => {
    await job.holdIn(trx)
    await store.updatePeriod(trx, periodId, { state: 'closed' })
    await store.insertChange(trx, {
      ...{ id: newId(), issuerId, periodId, generation, kind: 'closed', lines: BigInt(count), digest },
      reason: sentences.length === 0 ? null : sentences.slice(0, MAX_UNMAPPED).join('; '),
      ...{ previousDigest: previous, createdAt: new Date(job.nowMs) },
    })
    const told = { issuerId, from: startDay, until: endDay, lines: count, digest: digest.toString('hex') }
    await publish(trx, [eventOf(periodClosed, { objectId: periodId }, told)], job.nowMs)
  })
}

/** One that could not be closed is open; its draft is taken away when it is asked for again. */
async function openAgain(db: Database, key: string): Promise<void> {
  const found = await findAsked(db, key)
  if (found === null) return
  await removeDraft(db, found.period)
  await store.updatePeriod(db, found.period.id, { state: 'open' })
}
