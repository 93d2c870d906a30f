import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { SettingsStore } from '../../platform/settings/settings-store.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { mailOf, type OpenMail } from '../notifications/index.ts'
import { mailTransport } from './mail-transport.ts'
import type { DocumentTransport, TransportName, Transports } from './ports.ts'
import { peppolSettings } from './settings.ts'

/** A document as it is written on a thread for reading, by the route that answers it: the values of the query are whole. */
export type WriteDocument = (
  tenant: Tenant,
  nowMs: number,
  route: string,
  input: { readonly params: Readonly<Record<string, string>>; readonly query: Readonly<Record<string, unknown>> },
) => Promise<{ readonly type: string; readonly content: Uint8Array }>

/** What the module needs of the process. */
export interface DeliveryNeeds {
  readonly openMail: OpenMail
  readonly transports: Transports
  readonly writeDocument: WriteDocument
}

/** The ways that a tenant has, opened with its settings. */
export class Ways {
  private readonly settings: SettingsStore
  private readonly needs: Pick<DeliveryNeeds, 'openMail' | 'transports'>

  constructor(settings: SettingsStore, needs: Pick<DeliveryNeeds, 'openMail' | 'transports'>) {
    this.settings = settings
    this.needs = needs
  }

  /** `db` is in the tenant's schema. @throws Refusal `conflict` where it is not set up, with what to set */
  async open(
    db: Database,
    { name: tenant }: Pick<Tenant, 'name'>,
    transport: TransportName,
  ): Promise<DocumentTransport> {
    const { openMail, transports } = this.needs
    if (transport === 'email') return mailTransport(await mailOf(db, tenant, this.settings, openMail))
    if (transport === 'folder') {
      if (transports.folder !== null) return transports.folder(tenant)
      throw new Refusal(
        'conflict',
        'the operator of this server has set no folder for documents (KVIT_DELIVERY_FOLDER)',
      )
    }
    if (transports.peppol === null)
      throw new Refusal('conflict', 'the operator of this server has set no access point of Peppol (KVIT_PEPPOL_URL)')
    const found = await this.settings.find(db, tenant, peppolSettings)
    const apiKey = found?.secrets.apiKey ?? null
    if (found === null || apiKey === null)
      throw new Refusal(
        'conflict',
        'settings peppol: set the secret apiKey, by which the access point knows the tenant',
      )
    const { callbackSecret, earlierCallbackSecret } = found.secrets
    const callbackSecrets = [callbackSecret, earlierCallbackSecret].filter((secret) => secret !== null)
    return transports.peppol({ apiKey, sender: found.values.sender, callbackSecrets })
  }
}
