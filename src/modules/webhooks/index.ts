export { webhooksModule } from './module.ts'
export type { WebhookNeeds } from './ports.ts'
