import { SmppChannels } from '../adapters/smpp/smpp-channel.ts'
import type { ConnectChannels } from '../modules/notifications/ports.ts'

/** What channels of tenants go through, besides e-mail. @param privateHosts servers in private networks that tenants may name */
export function notificationChannels(privateHosts: readonly string[]): ConnectChannels {
  const smpp = new SmppChannels(privateHosts)
  return {
    smpp: (tenant, server) => smpp.open(tenant, server),
    close: () => smpp.close(),
  }
}
