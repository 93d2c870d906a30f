export { type AuditReport, auditRoutes } from './routes.ts'
