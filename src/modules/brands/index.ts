export { brandsModule } from './module.ts'
export type { PdfRenderer } from './ports.ts'
export { type Look, lookOf, lookOfToday } from './service.ts'
export { assertBrand, type BrandVersion, findBrand } from './store.ts'
