import type { Module } from '../module.ts'
import { onlineRoutes } from './routes.ts'

export const onlineChargingModule: Module = {
  name: 'online-charging',
  start: ({ engine }) => ({ routes: onlineRoutes(engine) }),
}
