import { countUpTo } from '../../platform/count-up-to.ts'
import type { PdfRenderer } from '../brands/index.ts'
import type { Module, Parts, ReadingParts } from '../module.ts'
import { billRunJob } from './bill-run.ts'
import { billingScheduleJob } from './bill-schedule.ts'
import { checkDrafts } from './check-drafts.ts'
import { checkPrepaidSales } from './check-prepaid-sales.ts'
import { checkWindows } from './check-windows.ts'
import { checkCommitCredits, commitCreditJob } from './commit-credits.ts'
import { draftJob } from './draft-job.ts'
import { draftReadRoutes, draftRoutes } from './draft-routes.ts'
import { heldDrafts } from './draft-store.ts'
import { billingEvents } from './events.ts'
import { interimInvoiceJob } from './interim-invoice.ts'
import { itemReadRoutes, itemRoutes } from './item-routes.ts'
import { billThresholds } from './look-at-usage.ts'
import { personalRows } from './personal.ts'
import { prepaidSalesJob } from './prepaid-sales.ts'
import { prepaidTaxSettings } from './prepaid-tax-settings.ts'
import { requestRoutes } from './request-routes.ts'
import { billingRoutes } from './routes.ts'
import { billingSettings, reviewSettings } from './settings.ts'
import { type TaxEngineNeeds, taxQuestionsJob } from './tax-questions.ts'

/** How often accounts are looked at that may be billed before their periods end. */
const LOOK_EVERY_MS = 5_000

export const billingModule: Module<Parts & TaxEngineNeeds, ReadingParts & { readonly pdf: PdfRenderer }> = {
  name: 'billing',
  attention: [
    {
      code: 'held_invoices',
      scope: 'invoices:read',
      meaning: 'Documents that are held until something is filled in',
      count: async (db) => countUpTo(db, heldDrafts(db)),
    },
  ],
  personal: personalRows,
  events: billingEvents,
  settings: [billingSettings, reviewSettings, prepaidTaxSettings],
  start: (parts) => ({
    routes: [...billingRoutes(parts), ...draftRoutes(parts), ...itemRoutes(parts), ...requestRoutes(parts)],
    jobs: [
      ...[billRunJob(parts), billingScheduleJob(parts), interimInvoiceJob(parts), draftJob(parts)],
      ...[taxQuestionsJob(parts), commitCreditJob(parts), prepaidSalesJob(parts)],
    ],
    repeated: [{ everyMs: LOOK_EVERY_MS, ofTenant: async (tenant, closing) => billThresholds(parts, tenant, closing) }],
  }),
  readingRoutes: ({ engine, pdf }) => [...draftReadRoutes(engine, pdf), ...itemReadRoutes(pdf)],
  check: async (view) => [
    await checkWindows(view.db),
    await checkDrafts(view.db),
    await checkCommitCredits(view.db, view.tenant.schema),
    ...(await checkPrepaidSales(view)),
  ],
}
