import type { Module, Parts } from '../module.ts'
import { accessRoutes } from './routes.ts'
import type { AccessService } from './service.ts'

export const accessModule: Module<Parts & { readonly access: AccessService }> = {
  name: 'access',
  start: ({ access }) => ({ routes: accessRoutes(access) }),
}
