import type { Module, Parts } from '../module.ts'
import type { Receivables } from '../receivables/index.ts'
import { paymentNoticeRoutes } from './routes.ts'
import { noticeSettings } from './settings.ts'

export const paymentNoticesModule: Module<Parts & { readonly receivables: Receivables }> = {
  name: 'payment-notices',
  settings: [noticeSettings],
  start: ({ settings, receivables }) => ({ routes: paymentNoticeRoutes(settings, receivables) }),
}
