import { z } from 'zod'
import { amountAdvice, formatMinor, parseMinor } from '../../core/base/money.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { findGateway, type GatewayNeeds, putGateway, putSecrets, secretsSet } from '../payment-gateways/index.ts'
import { NETWORK_SECRETS } from './authenticate.ts'
import { networkCreated, networkUpdated } from './events.ts'
import { networkAnswer, networkDraft, networkName } from './schemas.ts'
import { findNetwork, getNetwork, listNetworks, type Network, putNetwork, TERMINAL } from './store.ts'

type Needs = Pick<GatewayNeeds, 'secretKeyRing' | 'publicUrl'>
type Context = { readonly db: Database; readonly tenant: Tenant }

const byName = z.object({ name: networkName })

async function views({ db, tenant }: Context, { publicUrl }: Needs, networks: readonly Network[]): Promise<object[]> {
  const set = await secretsSet(db)
  return networks.map(({ gatewayId, minMinor, maxMinor, registryMapping, ...network }) => {
    const { name, currency, zone, accountBy, shows, addresses, format, credits, isOpen, createdAt, updatedAt } = network
    const secrets = Object.keys(NETWORK_SECRETS).map((field) => {
      const setAt = set.get(gatewayId)?.get(field) ?? null
      return [field, { isSet: setAt !== null, setAt }]
    })
    return {
      ...{
        name,
        currency,
        zone,
        minSum: formatMinor(BigInt(minMinor), currency),
        maxSum: formatMinor(BigInt(maxMinor), currency),
      },
      ...{ accountBy, shows, addresses, format, credits, registry: registryMapping, isOpen },
      ...{ secrets: Object.fromEntries(secrets), url: `${publicUrl()}/v1/callbacks/${tenant.name}/terminals/${name}` },
      ...{ ledgerAccount: `cash:gateway:${name}`, createdAt, updatedAt },
    }
  })
}

function limit(text: string, currency: string, name: string): bigint {
  const minor = parseMinor(text, currency)
  if (minor === null || minor <= 0n) throw new Refusal('unprocessable', `${name}: ${amountAdvice(currency)}`)
  return minor
}

/** @throws Refusal that says what a secret looks like, and not what was sent */
function assertSecrets(sent: Readonly<Record<string, string | null | undefined>>): void {
  for (const [field, { form, pattern }] of Object.entries(NETWORK_SECRETS)) {
    const value = sent[field]
    if (typeof value === 'string' && !pattern.test(value))
      throw new Refusal('unprocessable', `secrets.${field}: write ${form} of ASCII`)
  }
}

export function networkRoutes(needs: Needs): Route[] {
  const tag = 'Payment terminals'
  return [
    readRoute({
      url: '/v1/terminal-networks',
      scope: 'settings:read',
      tag,
      summary: 'The networks of payment terminals of the tenant',
      answer: z.strictObject({ items: z.array(networkAnswer) }),
      handle: async (context) => ({ items: await views(context, needs, await listNetworks(context.db)) }),
    }),
    readRoute({
      url: '/v1/terminal-networks/{name}',
      scope: 'settings:read',
      tag,
      summary: 'A network of payment terminals; of its secrets whether and since when they are set',
      params: byName,
      answer: networkAnswer,
      handle: async (context, { params }) =>
        (await views(context, needs, [await getNetwork(context.db, params.name)]))[0],
    }),
    writeRoute({
      method: 'PUT',
      url: '/v1/terminal-networks/{name}',
      scope: 'settings:write',
      tag,
      summary: 'Set up a network of payment terminals, or change it',
      params: byName,
      body: networkDraft,
      hasSecret: true,
      answer: networkAnswer,
      handle: async (context, { params: { name }, body }) => {
        const { db, tenant, nowMs } = context
        const { secrets, isOpen, minSum, maxSum, registry, ...terms } = body
        const { currency, addresses } = terms
        const [minMinor, maxMinor] = [limit(minSum, currency, 'minSum'), limit(maxSum, currency, 'maxSum')]
        if (minMinor > maxMinor) throw new Refusal('unprocessable', 'minSum: it is more than maxSum')
        assertSecrets(secrets)
        const gateway = await findGateway(db, name)
        const known = await findNetwork(db, name)
        if (gateway !== undefined && known === undefined)
          throw new Refusal('conflict', `${name} is a payment gateway of ${gateway.adapter}: name another one`)
        if (known !== undefined && known.currency !== currency)
          throw new Refusal(
            'conflict',
            `currency: ${name} has money in ${known.currency}: set up another network for ${currency}`,
          )
        const gatewayTerms = { currencies: [currency], priority: gateway?.priority ?? 100, isOpen, routing: null }
        const id = await putGateway(db, gateway, { name, adapter: TERMINAL, ...gatewayTerms }, nowMs)
        await putSecrets(db, needs.secretKeyRing, tenant.name, id, secrets)
        const set = (await secretsSet(db)).get(id)
        if (addresses === null && set?.has('signingKey') !== true && set?.has('password') !== true)
          throw new Refusal(
            'unprocessable',
            'secrets: a network needs a signingKey, a password, or a list of addresses: anybody could pay otherwise',
          )
        const limits = { minMinor: String(minMinor), maxMinor: String(maxMinor) }
        await putNetwork(
          db,
          id,
          { ...terms, ...limits, registryMapping: registry as Network['registryMapping'] },
          nowMs,
        )
        const told = { network: name, isOpen, secrets: Object.keys(secrets) }
        await publish(
          db,
          [eventOf(known === undefined ? networkCreated : networkUpdated, { objectId: id }, told)],
          nowMs,
        )
        return (await views(context, needs, [await getNetwork(db, name)]))[0]
      },
    }),
  ]
}
