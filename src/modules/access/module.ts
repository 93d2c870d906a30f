import type { Module, Parts } from '../module.ts'
import { clockRoutes } from './clock-routes.ts'
import { accessEvents } from './events.ts'
import { accessRoutes } from './routes.ts'
import type { AccessService } from './service.ts'

export const accessModule: Module<Parts & { readonly access: AccessService }> = {
  name: 'access',
  events: accessEvents,
  start: ({ access, wakeJobs }) => ({ routes: [...accessRoutes(access, wakeJobs), ...clockRoutes(access, wakeJobs)] }),
}
