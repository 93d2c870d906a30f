import { KEPT, type Module, type Parts } from '../module.ts'
import { paymentLinkEvents } from './events.ts'
import { paymentLinkRoutes } from './routes.ts'
import { paymentLinkSettings } from './settings.ts'

export const paymentLinksModule: Module<Parts & { readonly publicUrl: () => string }> = {
  name: 'payment-links',
  events: paymentLinkEvents,
  settings: [paymentLinkSettings],
  personal: [
    {
      table: 'payment_link',
      kind: 'link to pay by',
      column: 'account_id',
      of: 'account',
      key: ['id'],
      unshown: ['secret_sha256'],
      kept: KEPT.books,
    },
  ],
  start: ({ publicUrl }) => ({ routes: paymentLinkRoutes(publicUrl) }),
}
