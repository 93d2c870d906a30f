import { createHmac, randomBytes } from 'node:crypto'

/** A secret as Standard Webhooks has them. */
export const newSigningSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

/** Headers of a message as a sender makes them. */
export function signedHeaders(secret: string, id: string, body: string, seconds: number): Record<string, string> {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const mac = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${mac}` }
}
