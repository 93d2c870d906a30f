export { auditRoutes, checkRoutes } from './routes.ts'
