export { auditModule } from './module.ts'
export type { CheckProgressOf, Checks } from './routes.ts'
