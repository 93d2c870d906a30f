/** Where somebody unsubscribes: the tenant, and a secret of 256 random bits with the id of the message. */
export function unsubscribeUrlOf(publicUrl: string, tenant: string, secret: string): string {
  return `${publicUrl}/unsubscribe/${tenant}.${secret}`
}
