export { auditModule } from './module.ts'
export type { Checks } from './routes.ts'
