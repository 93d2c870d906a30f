import type { Module } from '../module.ts'
import { taxRateEvents } from './events.ts'
import { taxRateRoutes } from './routes.ts'

export const taxRatesModule: Module = {
  name: 'tax-rates',
  events: taxRateEvents,
  start: () => ({ routes: taxRateRoutes() }),
}
