import { readFile } from 'node:fs/promises'
import { text as textOf } from 'node:stream/consumers'
import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'
import { collectEntry, type Entries } from './metadata-option.ts'
import { Listing } from './output.ts'

interface SetOptions {
  readonly currency?: string
  readonly zone?: string
  readonly min?: string
  readonly max?: string
  readonly accountBy?: string[]
  readonly show?: string[]
  readonly address?: string[]
  readonly anyAddress?: boolean
  readonly format?: string
  readonly credits?: string
  readonly registryFile?: string
  readonly open?: boolean
  readonly closed?: boolean
  readonly secretFile?: Entries
}

const networkPath = (name: string): string => `/v1/terminal-networks/${encodeURIComponent(name)}`
const textIn = async (file: string): Promise<string> => (file === '-' ? textOf(process.stdin) : readFile(file, 'utf8'))

/** Networks of payment terminals, and what they tell of: `kvit terminal …`. */
export function addTerminalCommands({ program, run }: Cli): void {
  const terminal = program
    .command('terminal')
    .description('payment terminals and apps of banks that take money and tell of it')
  terminal
    .command('set <name>')
    .description('set up a network of terminals, or change what is given of it')
    .example('easypay --currency UAH --zone Europe/Kyiv --min 1.00 --max 5000.00 --secret-file signingKey=key.txt')
    .option('--currency <code>', 'of a new one: what its terminals take')
    .option('--zone <name>', 'of a new one: that of its local times')
    .option('--min <decimal>', 'the least that is taken; 1 unless set')
    .option('--max <decimal>', 'the most that is taken; 10000 unless set')
    .option('--account-by <way...>', 'what payers write: account, service, customer, reference, metadata:NAME')
    .option('--show <what...>', 'what terminals may show: name, balance, due')
    .option('--address <net...>', 'where it sends from')
    .option('--any-address', 'it may send from anywhere')
    .option('--format <format>', 'xml or json, where a request does not say')
    .option('--credits <as>', 'by_account, payment or top_up')
    .option('--registry-file <file>', 'which column of its registries is what, as JSON; "-" is the standard input')
    .option('--open', 'it may pay')
    .option('--closed', 'nothing new is taken from it')
    .option(
      '--secret-file <field=file>',
      'a secret, out of a file; "-" is the standard input; may be repeated',
      collectEntry,
    )
    .action(async (name: string, options: SetOptions) =>
      run(async (client) => {
        const { items } = await client.get<{ items: Json[] }>('/v1/terminal-networks')
        const known = items.find((one) => one['name'] === name) ?? {}
        const { currency = known['currency'], zone = known['zone'], min, max, secretFile = {}, registryFile } = options
        if (currency === undefined || zone === undefined)
          throw new Error(`there is no network "${name}": name its --currency and --zone to set it up`)
        const secrets: Record<string, string> = {}
        for (const [field, file] of Object.entries(secretFile)) secrets[field] = (await textIn(file)).trim()
        const { accountBy, show, address, anyAddress, format, credits, open, closed } = options
        const body = {
          ...{ currency, zone, minSum: min ?? known['minSum'] ?? '1', maxSum: max ?? known['maxSum'] ?? '10000' },
          accountBy: accountBy ?? known['accountBy'] ?? ['account'],
          shows: show ?? known['shows'] ?? [],
          addresses: anyAddress === true ? null : (address ?? known['addresses'] ?? null),
          ...{ format: format ?? known['format'] ?? 'xml', credits: credits ?? known['credits'] ?? 'by_account' },
          registry: registryFile === undefined ? (known['registry'] ?? null) : JSON.parse(await textIn(registryFile)),
          isOpen: open === true || (closed !== true && (known['isOpen'] ?? true) === true),
          secrets,
        }
        return client.post(networkPath(name), body, 'PUT')
      }),
    )
  terminal
    .command('list')
    .description('the networks of terminals')
    .example('')
    .action(async () =>
      run(async (client) => {
        const { items } = await client.get<{ items: Json[] }>('/v1/terminal-networks')
        return new Listing(items, ({ name, currency, minSum, maxSum, isOpen, url }) => ({
          name,
          currency,
          minSum,
          maxSum,
          isOpen,
          url,
        }))
      }),
    )
  terminal
    .command('show <name>')
    .description('a network of terminals, with the address that it asks')
    .example('easypay')
    .action(async (name: string) => run((client) => client.get(networkPath(name))))
  addFilters(
    terminal
      .command('payments')
      .description('what terminals have told of, the newest first')
      .example('--network easypay'),
    [
      ...OF_ACCOUNT,
      ['--network <name>', 'of this network'],
      ['--state <state>', 'pending, paid, refused, cancelling or cancelled'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/terminal-payments', options, (row) => {
        const { createdAt, network, txnId, account, amount, currency, state, kind, id } = row
        return { createdAt, network, txnId, account, amount, currency, state, kind, id }
      }),
    ),
  )
  terminal
    .command('payment <id>')
    .description('a payment at a terminal')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
    .action(async (id: string) => run((client) => client.get(`/v1/terminal-payments/${encodeURIComponent(id)}`)))
  terminal
    .command('cancel <id>')
    .description('take a payment at a terminal back, as its network has asked, also after its day')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11 --reason "asked by letter"')
    .requiredOption('--reason <text>')
    .action(async (id: string, options: Json) =>
      run((client) => client.post(`/v1/terminal-payments/${encodeURIComponent(id)}/cancel`, options)),
    )
  addFilters(
    terminal
      .command('refusals')
      .description('payments and cancellations that terminals were refused, the newest first')
      .example('--network easypay'),
    [['--network <name>', 'of this network']],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/terminal-refusals', options, (row) => {
        const { lastAt, network, command, txnId, accountText, sum, reason, times } = row
        return { lastAt, network, command, txnId, accountText, sum, reason, times }
      }),
    ),
  )
  terminal
    .command('compare <name> <file>')
    .description(
      'compare what a network says that it took with what is known; with --net, book what it has transferred to the bank',
    )
    .example(
      'easypay registry.csv --key R-2026-02-10 --from 2026-02-10 --until 2026-02-11 --net 985.00 --arrives-on 2026-02-12',
    )
    .requiredOption('--key <key>', 'the network’s own number of the registry')
    .requiredOption('--from <day>', 'the first of its days')
    .requiredOption('--until <day>', 'the day after the last')
    .option('--mapping <file>', 'which column is what, as JSON; as the network is set up unless given')
    .option('--net <decimal>', 'what the network has transferred')
    .option('--arrives-on <day>', 'when that comes to the bank')
    .action(async (name: string, file: string, options: Record<string, string>) =>
      run(async (client) => {
        const { key, from, until, mapping, net, arrivesOn } = options
        if ((net === undefined) !== (arrivesOn === undefined)) throw new Error('--net and --arrives-on belong together')
        const body = {
          ...{ key, from, until, text: await textIn(file) },
          mapping: mapping === undefined ? null : JSON.parse(await textIn(mapping)),
          payout: net === undefined ? null : { net, arrivesOn },
        }
        return client.post(`${networkPath(name)}/registries`, body)
      }),
    )
  addFilters(
    terminal.command('registries').description('registries of networks, the newest first').example('--network easypay'),
    [['--network <name>', 'of this network']],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/terminal-registries', options, (row) => {
        const { createdAt, network, key, from, until, rows, agreed, differences, total, fee, id } = row
        return { createdAt, network, key, from, until, rows, agreed, differences, total, fee, id }
      }),
    ),
  )
  terminal
    .command('registry <id>')
    .description('a registry, with what differs')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
    .action(async (id: string) => run((client) => client.get(`/v1/terminal-registries/${encodeURIComponent(id)}`)))
}
