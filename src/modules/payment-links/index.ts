export { paymentLinkFinder } from './find-link.ts'
export { paymentLinksModule } from './module.ts'
export { DAY_MS, type DocumentLinks, documentLinksOf, linkOfDocument } from './service.ts'
export { type PaymentLinkTerms, paymentLinkTerms } from './settings.ts'
export {
  attemptKeyOf,
  findCheckout,
  findOpened,
  insertCheckout,
  linkStateAt,
  listCheckouts,
  type PaymentLink,
} from './store.ts'
export { pageUrl, readToken, writeToken } from './token.ts'
