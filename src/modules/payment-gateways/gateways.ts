import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { KeyRing } from '../../platform/secrets/key-ring.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { type Gateway, listGateways, readSecrets } from './gateway-store.ts'
import type { GatewayAdapter, GatewayCapabilities, PaymentGateway } from './ports.ts'
import { answeringFirst, type Routed, takes } from './routing.ts'

/** What the module needs of the process. */
export interface GatewayNeeds {
  readonly gatewayAdapters: readonly GatewayAdapter[]
  /** The keys that secrets are encrypted with. */
  readonly secretKeyRing: KeyRing
  /** Where providers find this server: `https://billing.example`. */
  readonly publicUrl: () => string
}

/** The gateways of tenants, opened with their credentials. `db` is in the tenant's schema. */
export class Gateways {
  readonly adapters: ReadonlyMap<string, GatewayAdapter>
  readonly ring: KeyRing
  private readonly publicUrl: () => string

  constructor({ gatewayAdapters, secretKeyRing, publicUrl }: GatewayNeeds) {
    this.adapters = new Map(gatewayAdapters.map((adapter) => [adapter.name, adapter]))
    this.ring = secretKeyRing
    this.publicUrl = publicUrl
  }

  /** @throws Refusal where its adapter is not there any more, or its secrets cannot be read */
  async open(db: Database, tenant: Pick<Tenant, 'name'>, { id, name, adapter }: Gateway): Promise<PaymentGateway> {
    const known = this.adapters.get(adapter)
    if (known === undefined) throw new Refusal('conflict', `there is no adapter ${adapter} in this version`)
    return known.open(await readSecrets(db, this.ring, tenant.name, id), this.callbackUrl(tenant, name))
  }

  /** Where the provider sends its callbacks. */
  callbackUrl({ name: tenant }: Pick<Tenant, 'name'>, gateway: string): string {
    return `${this.publicUrl()}/v1/callbacks/${tenant}/payment-gateways/${gateway}`
  }

  /**
   * The gateways that take something, in the order of their priority; those that did not answer of late come last.
   * @param except those that were asked already
   */
  async route(
    db: Database,
    tenant: Pick<Tenant, 'name'>,
    asked: Routed,
    can: (capabilities: GatewayCapabilities) => boolean,
    except: ReadonlySet<string> = new Set(),
  ): Promise<Gateway[]> {
    const fit: Gateway[] = []
    const { currency } = asked
    for (const gateway of await listGateways(db)) {
      // A network of terminals has no adapter: it is never asked.
      if (!this.adapters.has(gateway.adapter)) continue
      if (!gateway.isOpen || except.has(gateway.id) || gateway.currencies?.includes(currency) === false) continue
      if (!takes(gateway, asked)) continue
      const { capabilities } = await this.open(db, tenant, gateway)
      if (capabilities.currencies?.includes(currency) !== false && can(capabilities)) fit.push(gateway)
    }
    return answeringFirst(db, fit)
  }
}
