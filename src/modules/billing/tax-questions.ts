import type { PlannedDocument } from '../../core/billing/plan-document.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { JobHandler, RunningJob } from '../../platform/jobs/job.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import type { Parts } from '../module.ts'
import {
  askEngine,
  engineSettings,
  keepAnswer,
  listQuestions,
  noteQuestions,
  TAX_QUESTIONS,
  type TaxEngine,
} from '../tax-engine/index.ts'
import { askForDueDrafts } from './draft-due.ts'
import { makeDue } from './draft-store.ts'
import { type Billing, billingOf, type LoadedFacts } from './load-facts.ts'

/** The last ones an hour apart. */
const MAX_ATTEMPTS = 50
/** Questions that are read at a time. */
const PAGE = 100

export interface TaxEngineNeeds {
  readonly taxEngines: readonly TaxEngine[]
}

/** Documents that are not issued yet, and what they follow from. */
interface KeptDocuments {
  readonly facts: LoadedFacts
  readonly due: { readonly documents: readonly PlannedDocument[] }
}

/** Notes what an engine of tax outside is to be asked, with the drafts that wait for it, and asks for the job that asks it. */
export async function askForTax(
  db: Database,
  { taxEngine, nowMs }: Pick<Billing, 'taxEngine' | 'nowMs'>,
  kept: readonly KeptDocuments[],
): Promise<void> {
  if (taxEngine === null) return
  const questions = kept.flatMap(({ facts, due }) => {
    const [asks, parties] = [due.documents.flatMap((one) => one.asks), facts.tax?.terms ?? null]
    return asks.length === 0 || parties === null ? [] : [{ accountId: facts.account.id, parties, asks }]
  })
  if (questions.length === 0) return
  await noteQuestions(db, taxEngine, questions, nowMs)
  await askForJob(db, TAX_QUESTIONS, nowMs)
}

/** Asks what documents wait for, and has those issued that wait for nothing else. What has no answer is asked again, at growing intervals. */
export function taxQuestionsJob({
  db,
  engine,
  settings,
  taxEngines,
}: Pick<Parts, 'db' | 'engine' | 'settings'> & TaxEngineNeeds): JobHandler {
  return {
    kind: TAX_QUESTIONS.kind,
    maxAttempts: MAX_ATTEMPTS,
    isReady: ({ name }, onReady) => engine.isReady(name, onReady),
    work: async (job) => {
      const scoped = inSchema(db, job.tenant.schema)
      const found = await settings.find(scoped, job.tenant.name, engineSettings)
      const asked = taxEngines.find(({ name }) => name === found?.values.engine)
      if (found === null || asked === undefined) return lookAgain(job, scoped)
      const { account, company } = found.values
      const as = { account, company, secret: found.secrets.licenseKey ?? '' }
      const billing = await job.patiently(async () => billingOf(db, engine, job.tenant, job.nowMs))
      const unanswered = new Map<string, string>()
      for (;;) {
        const page = await listQuestions(scoped, PAGE + unanswered.size)
        const open = page.filter(({ id }) => !unanswered.has(id))
        if (open.length === 0 || billing.taxEngine === null) break
        for (const question of open) {
          if (job.isStopped() || job.isCancelled()) return 'stopped'
          const settled = await askEngine(asked, billing.taxEngine, as, question, billing.rates, job.nowMs)
          await inTransaction(scoped, async (trx) => {
            await job.holdIn(trx)
            await keepAnswer(trx, question.id, settled, job.nowMs)
          })
          if (settled.state === 'asked') unanswered.set(question.id, settled.reason ?? '')
        }
        if (unanswered.size >= PAGE) break
      }
      await lookAgain(job, scoped)
      const [reason] = unanswered.values()
      if (reason !== undefined) throw new Error(`${billing.taxEngine?.label}: ${reason}`)
      return 'done'
    },
  }
}

/** Has drafts looked at that wait for their tax: also those whose answers an earlier process has kept, which was killed before it came here. */
async function lookAgain(job: RunningJob, db: Database): Promise<'done'> {
  await inTransaction(db, async (trx) => {
    await job.holdIn(trx)
    await makeDue(trx, 'tax_missing', job.nowMs)
    await askForDueDrafts(trx, job.nowMs)
  })
  return 'done'
}
