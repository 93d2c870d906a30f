import { z } from 'zod'
import { dayOf } from '../../core/base/period.ts'
import type { Route } from '../../platform/http/route.ts'
import { type Signer, standardWebhookId } from '../../platform/http/signature.ts'
import { signedRoute } from '../../platform/http/signed-route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { SettingsStore } from '../../platform/settings/settings-store.ts'
import { getRow } from '../parties/index.ts'
import { paymentFields, paymentKey, recordPayment } from '../payments/index.ts'
import type { Receivables } from '../receivables/index.ts'
import { noticeSettings } from './settings.ts'

const notice = z.strictObject({
  type: z.literal('payment.received'),
  timestamp: z.iso.datetime({ offset: true }).optional().describe('When it was sent'),
  data: z.strictObject({
    key: paymentKey.describe('The sender’s own id of the payment: it is recorded once'),
    ...paymentFields,
    receivedOn: paymentFields.receivedOn.describe('The day of the message when absent'),
    reference: paymentFields.reference.describe('What the payer wrote'),
  }),
})

const recorded = z.strictObject({ id: z.uuid().describe('Of the payment'), key: z.string() })

/** Whoever has the tenant's secret signs for it. */
function signerOf(settings: SettingsStore): Signer {
  return {
    name: noticeSettings.name,
    header: 'webhook-signature',
    verify: async ({ db, tenant }, message, nowMs) => {
      const found = await settings.find(db, tenant.name, noticeSettings)
      const secrets = found === null ? [] : [found.secrets.signingSecret, found.secrets.earlierSigningSecret]
      const ids = secrets.map((secret) => (secret === null ? null : standardWebhookId(secret, message, nowMs)))
      return ids.find((id) => id !== null) ?? null
    },
  }
}

export function paymentNoticeRoutes(settings: SettingsStore, receivables: Receivables): Route[] {
  return [
    signedRoute({
      url: '/v1/callbacks/{tenant}/payment-notices',
      signer: signerOf(settings),
      tag: 'Payments',
      summary: 'A payment that a bank, a till or another system tells of, as POST /v1/payments records it',
      status: 201,
      params: z.object({ tenant: z.string().max(40) }),
      message: notice,
      answer: recorded,
      handle: async (context, { data }) => {
        const { db, tenant, nowMs } = context
        const found = await settings.find(db, tenant.name, noticeSettings)
        if (found === null) throw new Refusal('conflict', 'payment notices were switched off')
        const account = await getRow(db, 'account', data.account)
        context.afterCommit({ kind: 'apply to balances', accountId: account.id })
        const receivedOn = data.receivedOn ?? dayOf(nowMs, account.zone)
        const { method } = found.values
        const draft = { ...data, method, receivedOn, isDated: data.receivedOn !== undefined, metadata: {} }
        const { id, key } = await recordPayment(db, account.id, draft, receivables, nowMs)
        return { id, key }
      },
    }),
  ]
}
