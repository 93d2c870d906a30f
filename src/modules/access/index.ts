export { keyRevoked } from './events.ts'
export { accessModule } from './module.ts'
export { ensureRootKey } from './root-key.ts'
export { AccessService } from './service.ts'
