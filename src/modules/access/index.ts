export { ensureRootKey } from './root-key.ts'
export { accessRoutes } from './routes.ts'
export { AccessService } from './service.ts'
