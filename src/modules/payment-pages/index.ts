export { pageOf } from './frame.ts'
export { html, type Markup } from './html.ts'
export { paymentPagesModule } from './module.ts'
