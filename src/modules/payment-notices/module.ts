import type { Module, Parts } from '../module.ts'
import type { PaymentPorts } from '../payments/index.ts'
import { paymentNoticeRoutes } from './routes.ts'
import { noticeSettings } from './settings.ts'

export const paymentNoticesModule: Module<Parts & { readonly documents: PaymentPorts }> = {
  name: 'payment-notices',
  settings: [noticeSettings],
  start: ({ settings, documents }) => ({ routes: paymentNoticeRoutes(settings, documents) }),
}
