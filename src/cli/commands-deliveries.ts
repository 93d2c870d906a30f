import { setTimeout } from 'node:timers/promises'
import type { Cli } from './cli.ts'
import type { Client, Json, Query } from './client.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'

/** How long `--wait` waits, and how often it looks. */
const WAIT_MS = 60_000
const LOOK_MS = 100
const UNDER_WAY = new Set(['queued', 'sending'])

interface SendOptions {
  readonly by: string
  readonly formats?: string
  readonly to?: string
  readonly key?: string
  readonly proForma?: boolean
  readonly wait?: boolean
}

interface PreferenceOptions {
  readonly by?: string
  readonly formats?: string
  readonly email?: string
}

const listed = (text: string): string[] => text.split(',').map((part) => part.trim())
const at = (id: string, path = ''): string => `/v1/deliveries/${encodeURIComponent(id)}${path}`
const shown = ({ id, document, transport, to, state, reason, said, createdAt }: Json): Json => {
  const { number } = document as { number: string }
  const address = to as { id: string | null } | null
  return { number, by: transport, to: address?.id ?? '', state, reason, said, createdAt, id }
}

/** `kvit invoice send`, `kvit invoice deliveries`, `kvit delivery …` and `kvit customer delivery`: how documents go to customers. */
export function addDeliveryCommands({ program, run, isJson }: Cli): void {
  const invoice = program.group('invoice')
  invoice
    .command('send <reference>')
    .description('send a document to its customer: once by each way, unless another key is given')
    .example('LDN-000001 --by email --formats pdf,ubl --wait')
    .requiredOption('--by <way>', 'email, folder or peppol')
    .option('--formats <list>', 'pdf, factur_x, ubl, cii; as the customer wants it unless set')
    .option('--to <email>', 'another address of e-mail than that of the customer')
    .option('--key <key>', 'to send it once more by the same way')
    .option('--pro-forma', 'the reference is of a pro forma invoice')
    .option('--wait', 'until it was sent, or has failed')
    .action(async (reference: string, { by: transport, formats, to, key, proForma, wait }: SendOptions) =>
      run(async (client) => {
        const path = proForma === true ? 'pro-forma-invoices' : 'invoices'
        const list = formats === undefined ? {} : { formats: listed(formats) }
        const body = { transport, ...list, ...(to === undefined ? {} : { to }), ...(key === undefined ? {} : { key }) }
        const made = await client.post(`/v1/${path}/${encodeURIComponent(reference)}/deliveries`, body)
        const found = wait === true ? await waitFor(client, String(made['id'])) : made
        return isJson() ? found : shown(found)
      }),
    )
  invoice
    .command('deliveries <reference>')
    .description('how a document went to its customer')
    .example('LDN-000001')
    .action(async (reference: string) =>
      run(async (client) => {
        const { items } = await client.get<{ items: Json[] }>(
          `/v1/invoices/${encodeURIComponent(reference)}/deliveries`,
        )
        return isJson() ? items : items.map(shown)
      }),
    )
  const delivery = program.command('delivery').description('documents on their way to customers')
  addFilters(
    delivery.command('list').description('documents that were sent, or are to be').example('--state failed'),
    [
      ...OF_ACCOUNT,
      ['--state <state>', 'queued, sending, sent, delivered, failed or unknown'],
      ['--transport <way>', 'email, folder or peppol'],
    ],
    false,
  ).action(async (options: Query) => run((client) => listFiltered(client, '/v1/deliveries', options, shown)))
  delivery
    .command('show <delivery>')
    .description('a delivery with its attempts, and what the peer said')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
    .action(async (id: string) => run((client) => client.get(at(id))))
  delivery
    .command('retry <delivery>')
    .description('try one again that has failed, or of which nobody knows whether it was sent')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
    .action(async (id: string) => run((client) => client.post(at(id, '/retry'), {})))
  program
    .group('customer')
    .command('delivery <customer>')
    .description('how a customer wants its documents; with options, set it')
    .example('city --by peppol,email --formats pdf,ubl --email invoices@city.example')
    .option('--by <ways>', 'email, folder, peppol in this order; none, or default for what the settings say')
    .option('--formats <list>', 'pdf, factur_x, ubl, cii, or default')
    .option('--email <address>', 'where documents go by e-mail, or default for the address of the customer')
    .action(async (customer: string, { by, formats, email }: PreferenceOptions) =>
      run(async (client) => {
        const path = `/v1/customers/${encodeURIComponent(customer)}/delivery-preference`
        const { customer: _customer, ...set } = await client.get<Json>(path)
        if (by === undefined && formats === undefined && email === undefined) return { customer: _customer, ...set }
        const orNull = <T>(text: string, read: (text: string) => T): T | null =>
          text === 'default' ? null : read(text)
        const changed = {
          ...(by === undefined ? {} : { transports: orNull(by, (text) => (text === 'none' ? [] : listed(text))) }),
          ...(formats === undefined ? {} : { formats: orNull(formats, listed) }),
          ...(email === undefined ? {} : { email: orNull(email, (text) => text) }),
        }
        return client.post(path, { ...set, ...changed }, 'PUT')
      }),
    )
}

async function waitFor(client: Client, id: string): Promise<Json> {
  for (let waited = 0; waited < WAIT_MS; waited += LOOK_MS) {
    const found = await client.get<Json>(at(id))
    if (!UNDER_WAY.has(String(found['state']))) return found
    await setTimeout(LOOK_MS)
  }
  return client.get<Json>(at(id))
}
