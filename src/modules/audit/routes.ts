import { z } from 'zod'
import type { Engine, EngineReads, UsageCounts } from '../../engine/index.ts'
import type { CheckResult } from '../../platform/check.ts'
import { type Route, readRoute, streamRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext, WorkProgress } from '../../platform/tenant.ts'
import type { AuditView } from '../module.ts'
import { loadPhases } from '../subscriptions/index.ts'

/** What each module compares. */
export type Checks = readonly ((view: AuditView) => Promise<readonly CheckResult[]>)[]

/** How far the check of a tenant is: null before it has begun, undefined where none was asked for. */
export type CheckProgressOf = (tenant: string) => WorkProgress | null | undefined

interface AuditReport {
  readonly holds: boolean
  readonly totals: UsageCounts
  readonly segments: number
  readonly journalBytes: number
  readonly results: readonly CheckResult[]
}

/** Recomputes every invariant that exists so far, from the stored facts. */
async function audit(engine: EngineReads, checks: Checks, context: ReadContext): Promise<AuditReport> {
  const { db, tenant, nowMs, tell = () => undefined } = context
  const journal = await engine.audit(tenant.name, await loadPhases(db), (done, total) =>
    tell({ words: 'segments of the journal', done, total }),
  )
  const balances = await engine.allBalances(tenant.name, nowMs)
  const view = { ...context, engine, totals: journal.totals, anchors: journal.anchors, balances }
  const results = [...journal.results]
  for (const [done, check] of checks.entries()) {
    tell({ words: 'checks of rows', done, total: checks.length })
    results.push(...(await check(view)))
  }
  const { totals, segments, bytes } = journal
  return { holds: results.every(({ holds }) => holds), totals, segments, journalBytes: bytes, results }
}

const count = z.int().min(0)
const auditReport = z
  .strictObject({
    holds: z.boolean(),
    totals: z.record(z.string(), count),
    segments: count,
    journalBytes: count,
    results: z.array(z.strictObject({ invariant: z.string(), holds: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'AuditReport' })

/** The check reads everything that there is: one at a time, on a thread of its own. */
export function checkRoutes(engine: EngineReads, checks: Checks): Route[] {
  const summary = 'Recompute all invariants from the stored facts'
  return [
    readRoute({
      url: '/v1/check',
      scope: 'ledger:read',
      tag: 'Audit',
      summary,
      answer: auditReport,
      aside: 'long',
      handle: async (context) => audit(engine, checks, context),
    }),
  ]
}

const journalHead = z.strictObject({ seq: count, digest: z.string() })

const checkProgress = z.strictObject({
  isRunning: z.boolean(),
  progress: z
    .strictObject({ words: z.string(), done: count, total: count })
    .nullable()
    .describe('`done` of `total` of what the words name; null while it waits for its turn'),
})

export function auditRoutes(engine: Engine, progressOf: CheckProgressOf): Route[] {
  return [
    readRoute({
      url: '/v1/check/progress',
      scope: 'ledger:read',
      tag: 'Audit',
      summary: 'How far the check is that runs in this tenant on this server',
      answer: checkProgress,
      handle: async ({ tenant }) => {
        const progress = progressOf(tenant.name)
        return { isRunning: progress !== undefined, progress: progress ?? null }
      },
    }),
    readRoute({
      url: '/v1/journal/head',
      scope: 'ledger:read',
      tag: 'Audit',
      summary: 'Number and digest of the last journal segment',
      answer: journalHead,
      handle: async ({ tenant }) => {
        const { seq, digest } = await engine.head(tenant.name)
        return { seq, digest: digest.toString('hex') }
      },
    }),
    readRoute({
      url: '/v1/journal/segments/{seq}',
      scope: 'ledger:read',
      tag: 'Audit',
      summary: 'Number and digest of a segment of the journal, to be compared with a head that was kept outside',
      params: z.object({ seq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
      answer: journalHead,
      handle: async ({ tenant }, { params: { seq } }) => {
        const digest = await engine.journal(tenant.name).findDigest(seq)
        if (digest === null) throw new Refusal('not_found', `the journal has no segment ${seq}`)
        return { seq, digest: digest.toString('hex') }
      },
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/journal/archive',
      scope: 'journal:write',
      tag: 'Audit',
      summary: 'Move the facts of closed segments from Postgres to the archive',
      answer: z.strictObject({ segments: count, records: count, files: count, bytes: count }),
      handle: async ({ tenant }: ReadContext) => engine.archiveSegments(tenant.name, true),
    }),
  ]
}
