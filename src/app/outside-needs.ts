import { avalaraEngine } from '../adapters/avalara/avalara-engine.ts'
import { folderTransport } from '../adapters/delivery-folder/folder-transport.ts'
import { guardedHttp } from '../adapters/guarded-http/guarded-http.ts'
import { peppolTransport } from '../adapters/peppol-http/peppol-transport.ts'
import { radiusCoa } from '../adapters/radius-coa/radius-coa.ts'
import { smtpChannel } from '../adapters/smtp/smtp-channel.ts'
import { stripeTaxEngine } from '../adapters/stripe/stripe-tax-engine.ts'
import { viesRegister } from '../adapters/vies/vies-register.ts'
import { bankFileReader } from '../adapters/xml/bank-file-reader.ts'
import type { Config } from '../platform/config.ts'
import type { Needs } from './needs.ts'
import { notificationChannels } from './notification-channels.ts'

type Outside = Pick<
  Needs,
  'taxIdRegister' | 'taxEngines' | 'bankReader' | 'openMail' | 'connectChannels' | 'transports' | 'receivers' | 'radius'
>

/** What modules need of the world outside, or of packages: registers that are asked, ways that documents and events go, and readers of formats. */
export function outsideNeeds({
  viesUrl,
  avalaraUrl,
  stripeUrl,
  peppolUrl,
  deliveryFolder,
  privateHosts,
}: Pick<Config, 'viesUrl' | 'avalaraUrl' | 'stripeUrl' | 'peppolUrl' | 'deliveryFolder' | 'privateHosts'>): Outside {
  return {
    ...{
      taxIdRegister: viesRegister(viesUrl),
      taxEngines: [avalaraEngine(avalaraUrl), stripeTaxEngine(stripeUrl)],
      bankReader: bankFileReader,
    },
    openMail: (server) => smtpChannel(server, privateHosts),
    connectChannels: notificationChannels(privateHosts),
    receivers: guardedHttp(privateHosts),
    radius: radiusCoa(privateHosts),
    transports: {
      folder: deliveryFolder === null ? null : (tenant) => folderTransport(deliveryFolder, tenant),
      peppol: peppolUrl === null ? null : (account) => peppolTransport(peppolUrl, account),
    },
  }
}
