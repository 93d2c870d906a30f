export { webhooksModule } from './module.ts'
export type { ReceiverClient, WebhookNeeds } from './ports.ts'
export { newSecret as newWebhookSecret, signedHeaders } from './signing.ts'
