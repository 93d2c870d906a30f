import { inSchema } from '../../platform/db.ts'
import type { StreamContext, Tenant } from '../../platform/tenant.ts'
import type { PdfRenderer } from '../brands/index.ts'
import type { Module, Parts, ReadingParts } from '../module.ts'
import type { AskReversal } from '../payments/index.ts'
import { finishTopUpCancel } from './cancel-receipt.ts'
import { checkCash } from './checks.ts'
import { deskRoutes } from './desk-routes.ts'
import { cashEvents } from './events.ts'
import { paperRoutes } from './paper-routes.ts'
import { personalRows } from './personal.ts'
import { receiptRoutes } from './receipt-routes.ts'
import { type DeskParts, finishTopUp } from './receipts.ts'
import { listPending } from './store.ts'

/** How often receipts are looked for that were left half done, by the real clock. */
const LOOK_EVERY_MS = 60_000
/** Of a tenant at one look. */
const MOST = 500

type Needs = Parts & Pick<DeskParts, 'receivables' | 'topUps'> & { readonly askReversal: AskReversal }

export const cashDeskModule: Module<Needs, ReadingParts & { readonly pdf: PdfRenderer }> = {
  name: 'cash-desk',
  personal: personalRows,
  events: cashEvents,
  start: ({ db, engine, receivables, topUps, askReversal, nowMs, onFault }) => {
    const parts = { db, engine, receivables, topUps }
    const onFailed = onFault('a receipt of a cash desk was not finished; it is taken up again')
    const takeUp = async (tenant: Tenant): Promise<void> => {
      const context: StreamContext = { tenant, db: inSchema(db, tenant.schema), nowMs: nowMs(tenant), logged: () => [] }
      for (const receipt of await listPending(context.db, MOST))
        await (receipt.kind === 'cancel' ? finishTopUpCancel : finishTopUp)(parts, context, receipt).catch(onFailed)
    }
    return {
      routes: [...deskRoutes(), ...receiptRoutes({ ...parts, askReversal })],
      resume: takeUp,
      repeated: [{ everyMs: LOOK_EVERY_MS, ofTenant: takeUp }],
    }
  },
  readingRoutes: ({ pdf }) => paperRoutes(pdf),
  check: async ({ db, tenant }) => checkCash(db, tenant.schema),
}
