export { taxRatesModule } from './module.ts'
export { ratesInForce } from './store.ts'
