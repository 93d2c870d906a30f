export { brandsModule } from './module.ts'
export type { PdfRenderer } from './ports.ts'
export { lookOf } from './service.ts'
export { assertBrand, findBrand } from './store.ts'
