import { z } from 'zod'
import { formatMinor, parseMinor } from '../../core/base/money.ts'
import type { Database } from '../../platform/db.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { day } from '../../platform/http/dates.ts'
import { key } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import { type RegistryRecord, recordRegistry } from './registries.ts'
import { networkName, registryAnswer, registryMapping, wholeRegistryAnswer } from './schemas.ts'
import { getNetwork, listNetworks, type Network } from './store.ts'

/** A registry of 200,000 payments has some 10 MB. */
const BODY_LIMIT = 32 * 1024 * 1024

const draft = z.strictObject({
  key: key.describe('The network’s own number of the registry: it is compared once'),
  from: day.describe('The first of its days'),
  until: day.describe('The day after the last of its days'),
  text: z.string().max(BODY_LIMIT).describe('The file, as CSV'),
  mapping: registryMapping
    .nullable()
    .default(null)
    .describe('Which column is what; as the settings of the network say when null'),
  payout: z
    .strictObject({ net: amountText.describe('What comes to the bank'), arrivesOn: day })
    .nullable()
    .default(null)
    .describe('Where its money was transferred: it is booked, less what the network has kept'),
})

function view(
  {
    id,
    key: name,
    fromOn,
    untilOn,
    rows,
    agreed,
    totalMinor,
    feeMinor,
    differenceCount,
    payoutId,
    createdAt,
  }: RegistryRecord,
  { name: network, currency }: Network,
): object {
  const [total, fee] = [totalMinor, feeMinor].map((minor) => formatMinor(BigInt(minor), currency))
  return {
    ...{ id, network, key: name, from: fromOn, until: untilOn, currency, rows, agreed, total, fee },
    ...{ differences: differenceCount, payoutId, createdAt },
  }
}

function wholeView(record: RegistryRecord, network: Network): object {
  return { ...view(record, network), list: record.differences }
}

export function registryRoutes(): Route[] {
  const tag = 'Payment terminals'
  return [
    writeRoute({
      url: '/v1/terminal-networks/{name}/registries',
      scope: 'payments:write',
      tag,
      summary:
        'Compare what a network of terminals says that it took with what Kvit has; with a payout, book what it has transferred',
      status: 201,
      params: z.object({ name: networkName }),
      body: draft,
      bodyLimit: BODY_LIMIT,
      answer: wholeRegistryAnswer,
      handle: async ({ db, nowMs }, { params, body }) => {
        const network = await getNetwork(db, params.name)
        const { payout, mapping, ...rest } = body
        const netMinor = payout === null ? null : parseMinor(payout.net, network.currency)
        if (payout !== null && netMinor === null)
          throw new Refusal('unprocessable', `payout.net: ${payout.net} has more digits than ${network.currency}`)
        const transferred = payout === null || netMinor === null ? null : { netMinor, arrivesOn: payout.arrivesOn }
        const record = await recordRegistry(
          db,
          network,
          { ...rest, mapping: mapping as never, payout: transferred },
          nowMs,
        )
        return wholeView(record, network)
      },
    }),
    readRoute({
      url: '/v1/terminal-registries',
      scope: 'payments:read',
      tag,
      summary: 'Registries of networks of terminals, and how many of their payments differ',
      query: z.object({ ...listQuery, network: networkName.optional().describe('Of this network') }),
      answer: listOf(registryAnswer),
      handle: async ({ db }, { query }) => {
        const networks = new Map((await listNetworks(db)).map((one) => [one.gatewayId, one]))
        const gatewayId = query.network === undefined ? undefined : (await getNetwork(db, query.network)).gatewayId
        const page = await listPage<RegistryRecord>(db, query, {
          table: 'terminalRegistry',
          madeAt: 'createdAt',
          keep: (rows) => withText(having(rows, { 'row.gatewayId': gatewayId }), query.text, ['row.key']),
        })
        return { ...page, items: page.items.map((record) => view(record, networks.get(record.gatewayId) as Network)) }
      },
    }),
    readRoute({
      url: '/v1/terminal-registries/{id}',
      scope: 'payments:read',
      tag,
      summary: 'A registry of a network of terminals, with what differs',
      params: z.object({ id: z.uuid() }),
      answer: wholeRegistryAnswer,
      handle: async ({ db }, { params: { id } }) => {
        const record = await registryOfId(db, id)
        const network = (await listNetworks(db)).find(({ gatewayId }) => gatewayId === record.gatewayId) as Network
        return wholeView(record, network)
      },
    }),
  ]
}

async function registryOfId(db: Database, id: string): Promise<RegistryRecord> {
  const found = await db.selectFrom('terminalRegistry').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw notFound(`registry ${id}`, '/v1/terminal-registries', 'terminal registries')
  return found as unknown as RegistryRecord
}
