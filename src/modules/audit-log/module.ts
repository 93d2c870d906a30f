import type { Module, Parts } from '../module.ts'
import type { Naming } from './ports.ts'
import { auditLogRoutes } from './routes.ts'

export const auditLogModule: Module<Parts & { readonly people: Naming }> = {
  name: 'audit-log',
  start: ({ people }) => ({ routes: auditLogRoutes(people) }),
}
