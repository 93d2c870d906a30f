import { readFile } from 'node:fs/promises'
import { text as textOf } from 'node:stream/consumers'
import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'
import { collectEntry, type Entries } from './metadata-option.ts'
import { Listing } from './output.ts'

interface Gateway extends Json {
  readonly name: string
  readonly adapter: string
  readonly currencies: readonly string[] | null
  readonly priority: number
  readonly isOpen: boolean
  readonly countries: readonly string[] | null
  readonly amounts: readonly Json[]
  readonly unansweredMost: number | null
}

interface SetOptions {
  readonly adapter?: string
  readonly currency?: string[]
  readonly allCurrencies?: boolean
  readonly priority?: string
  readonly open?: boolean
  readonly closed?: boolean
  readonly country?: string[]
  readonly allCountries?: boolean
  readonly amount?: string[]
  readonly allAmounts?: boolean
  readonly unanswered?: string
  readonly secretFile?: Entries
}

/** Which payments are begun at it: what is not given stays as it is. */
function routingOf(
  { country, allCountries, amount, allAmounts, unanswered }: SetOptions,
  known: Gateway | undefined,
): Json {
  const kept = unanswered === undefined ? (known?.unansweredMost ?? null) : Number(unanswered)
  return {
    countries: allCountries === true ? null : (country ?? known?.countries ?? null),
    amounts: allAmounts === true ? [] : (amount?.map(boundsOf) ?? known?.amounts ?? []),
    unansweredMost: kept === 0 ? null : kept,
  }
}

/** `EUR=5.00-500.00`: one of the amounts may be left out. */
function boundsOf(text: string): Json {
  const [, currency, least, most] = /^([A-Z]{3})=([\d.]*)-([\d.]*)$/.exec(text) ?? []
  if (currency === undefined) throw new Error(`--amount ${text}: write EUR=5.00-500.00, EUR=5.00- or EUR=-500.00`)
  return { currency, least: least === '' ? null : least, most: most === '' ? null : most }
}

const named = (path: string, reference: string): string => `${path}/${encodeURIComponent(reference)}`

/** Payment providers of a tenant: `kvit gateway …`. */
export function addGatewayCommands({ program, run }: Cli): void {
  const gateway = program.command('gateway').description('payment providers that customers pay through')
  gateway
    .command('set <name>')
    .description('set up a payment gateway, or change what is given of it')
    .example('stripe --adapter stripe --secret-file secretKey=key.txt --secret-file webhookSecret=hook.txt')
    .option('--adapter <provider>', 'of a new one, such as stripe')
    .option('--currency <code...>', 'the currencies that it takes')
    .option('--all-currencies', 'all that the provider takes')
    .option('--priority <number>', 'the lowest is asked first; 100 unless set')
    .option('--country <code...>', 'customers of these countries alone, such as DE AT')
    .option('--all-countries', 'customers of all countries')
    .option(
      '--amount <bounds...>',
      'payments of a currency between two amounts alone: EUR=5.00-500.00, EUR=5.00- or EUR=-500.00',
    )
    .option('--all-amounts', 'payments of all amounts')
    .option('--unanswered <number>', 'it is asked last after so many attempts in a row without an answer; 0 never')
    .option('--open', 'payments may begin with it')
    .option('--closed', 'nothing new begins with it; what is under way goes on')
    .option(
      '--secret-file <field=file>',
      'a credential, out of a file; "-" is the standard input; may be repeated',
      collectEntry,
    )
    .action(async (name: string, options: SetOptions) =>
      run(async (client) => {
        const { adapter, currency, allCurrencies, priority, open, closed, secretFile = {} } = options
        const { items } = await client.get<{ items: Gateway[] }>('/v1/payment-gateways')
        const known = items.find((one) => one.name === name)
        if (adapter === undefined && known === undefined)
          throw new Error(`there is no gateway "${name}": name its --adapter, such as stripe, to set it up`)
        const secrets: Record<string, string> = {}
        for (const [field, file] of Object.entries(secretFile))
          secrets[field] = (file === '-' ? await textOf(process.stdin) : await readFile(file, 'utf8')).trim()
        const body = {
          adapter: adapter ?? known?.adapter,
          currencies: allCurrencies === true ? null : (currency ?? known?.currencies ?? null),
          priority: priority === undefined ? (known?.priority ?? 100) : Number(priority),
          ...routingOf(options, known),
          isOpen: open === true || (closed !== true && (known?.isOpen ?? true)),
          secrets,
        }
        return client.post(named('/v1/payment-gateways', name), body, 'PUT')
      }),
    )
  gateway
    .command('list')
    .description('the payment gateways, in the order in which they are asked')
    .example('')
    .action(async () =>
      run(async (client) => {
        const { items } = await client.get<{ items: Gateway[] }>('/v1/payment-gateways')
        return new Listing(items, (row) => {
          const { name, adapter, currencies, priority, isOpen } = row as Gateway
          return { name, adapter, currencies: currencies?.join(' ') ?? 'all', priority, isOpen }
        })
      }),
    )
  gateway
    .command('show <name>')
    .description('a payment gateway, with the address that its provider sends callbacks to')
    .example('stripe')
    .action(async (name: string) => run((client) => client.get(named('/v1/payment-gateways', name))))
  gateway
    .command('payouts [name]')
    .description(
      'what gateways have transferred to the bank, the newest first; with a name, that one is asked first what is new',
    )
    .example('stripe')
    .action(async (name: string | undefined) =>
      run(async (client) => {
        if (name !== undefined) await client.post(`${named('/v1/payment-gateways', name)}/payouts`, {})
        return new Listing(await client.list<Json>('/v1/payouts?order=newest'), (row) => {
          const { arrivedOn, gateway: of, gross, fee, net, currency, differences, id } = row
          return {
            arrivedOn,
            gateway: of,
            gross,
            fee,
            net,
            currency,
            differences: (differences as unknown[]).length,
            id,
          }
        })
      }),
    )
  gateway
    .command('payout <id>')
    .description('a transfer to the bank: what it is made of, and what does not agree')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
    .action(async (id: string) => run((client) => client.get(named('/v1/payouts', id))))
  addAttempts({ program, run })
  addMethods({ program, run })
}

type Part = Pick<Cli, 'program' | 'run'>

function addAttempts({ program, run }: Part): void {
  const payment = program.group('payment')
  payment
    .command('charge <account>')
    .description(
      'charge a kept means of payment, or begin a page on which the payer pays; asked again with its key, it says what came of it',
    )
    .example('1001 --invoice INV-000007 --method default --key charge-1')
    .requiredOption('--key <key>', 'your own identifier: the same key is charged once')
    .option('--invoice <reference>', 'the document that it is for')
    .option('--amount <decimal>', 'what is open of the document unless set')
    .option('--method <reference>', 'a kept means of payment, or "default"; the payer chooses unless set')
    .option('--gateway <name>', 'where the payer chooses')
    .option('--return-url <url>', 'where the payer comes back to; without one, nobody is there')
    .action(async (account: string, options: Json) =>
      run((client) => client.post('/v1/payment-attempts', { account, ...options })),
    )
  payment
    .command('refund <payment>')
    .description('pay back what a payment did not need, through the gateway that has taken it')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11 --amount 4.00 --reason "paid twice" --key refund-1')
    .requiredOption('--key <key>', 'your own identifier: the same key is refunded once')
    .requiredOption('--reason <text>')
    .option('--amount <decimal>', 'all that settles nothing unless set')
    .action(async (reference: string, { key, ...options }: Json) =>
      run(async (client) => {
        const due = await client.post(`${named('/v1/payments', reference)}/refunds`, { key, ...options })
        return client.post(`/v1/refunds/${String(due['id'])}/send`, { key })
      }),
    )
  payment
    .command('attempt <reference>')
    .description('what a gateway was asked for, and what came of it')
    .example('charge-1')
    .option('--ask', 'ask the gateway at once')
    .action(async (reference: string, { ask }: { readonly ask?: boolean }) =>
      run((client) => {
        const path = named('/v1/payment-attempts', reference)
        return ask === true ? client.post(`${path}/ask`, {}) : client.get(path)
      }),
    )
  addFilters(
    payment
      .command('attempts')
      .description('what gateways were asked for, the newest first')
      .example('--state unknown'),
    [
      ...OF_ACCOUNT,
      ['--state <state>', 'created, pending, succeeded, failed or unknown'],
      ['--kind <kind>', 'charge, refund or setup'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/payment-attempts', options, (row) => {
        const { createdAt, kind, gateway, account, amount, currency, state, reason, key } = row
        return { createdAt, kind, gateway, account, amount, currency, state, reason, key }
      }),
    ),
  )
  addFilters(
    payment.command('disputes').description('payments that payers dispute, the newest first').example('--state open'),
    [...OF_ACCOUNT, ['--state <state>', 'open, won or lost']],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/payment-disputes', options, (row) => {
        const { openedAt, account, amount, fee, currency, state, closedAt, providerId } = row
        return { openedAt, account, amount, fee, currency, state, closedAt, providerId }
      }),
    ),
  )
  const refund = program.group('refund')
  refund
    .command('send <refund>')
    .description('send a refund that is due through the gateway which has taken the money')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11 --key refund-1')
    .requiredOption('--key <key>', 'your own identifier: the same key is sent once')
    .option('--charge <attempt>', 'the charge whose money it is; one that has enough left unless set')
    .action(async (id: string, options: Json) =>
      run((client) => client.post(`${named('/v1/refunds', id)}/send`, options)),
    )
  refund
    .command('keep <refund>')
    .description('what a payment did not need is not paid back: it stays the customer’s, and settles what is open')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11 --reason "asked to keep it"')
    .requiredOption('--reason <text>')
    .action(async (id: string, options: Json) =>
      run((client) => client.post(`${named('/v1/refunds', id)}/keep`, options)),
    )
}

function addMethods({ program, run }: Part): void {
  program
    .group('account')
    .command('auto-charge <account> [when]')
    .description(
      'when documents of an account are charged by themselves: issue, due or never; without a word, as it is set',
    )
    .example('1001 issue')
    .action(async (account: string, on: string | undefined) =>
      run((client) => {
        const path = `${named('/v1/accounts', account)}/auto-charge`
        return on === undefined ? client.get(path) : client.post(path, { on }, 'PUT')
      }),
    )
  const method = program.command('payment-method').description('cards and accounts that payment gateways keep')
  method
    .command('add <account>')
    .description('have a gateway keep a means of payment: the answer says where the payer enters it')
    .example('1001 --key card-1 --return-url https://shop.example/account')
    .requiredOption('--key <key>', 'your own identifier')
    .option('--gateway <name>')
    .option(
      '--token-file <file>',
      'what the provider knows it by, where it was entered on a page of yours; "-" is the standard input',
    )
    .option('--return-url <url>', 'where the payer comes back to')
    .action(async (account: string, { tokenFile, ...options }: Json) =>
      run(async (client) => {
        const text = tokenFile === '-' ? await textOf(process.stdin) : await read(tokenFile)
        return client.post('/v1/payment-methods', { account, ...options, token: text === null ? null : text.trim() })
      }),
    )
  addFilters(
    method.command('list').description('kept means of payment, the newest first').example('--account 1001'),
    [...OF_ACCOUNT, ['--state <state>', 'pending, active, failed or removed']],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/payment-methods', options, (row) => {
        const { account, gateway, kind, brand, last4, expires, isDefault, state, key } = row
        return { account, gateway, kind, brand, last4, expires, isDefault, state, key }
      }),
    ),
  )
  method
    .command('show <method>')
    .description('a kept means of payment, and where the payer continues')
    .example('card-1')
    .action(async (reference: string) => run((client) => client.get(named('/v1/payment-methods', reference))))
  method
    .command('default <method>')
    .description('have its account charged by this one from now on')
    .example('card-1')
    .action(async (reference: string) =>
      run((client) => client.post(`${named('/v1/payment-methods', reference)}/default`, {})),
    )
  method
    .command('remove <method>')
    .description('charge it no longer')
    .example('card-1')
    .action(async (reference: string) =>
      run((client) => client.post(named('/v1/payment-methods', reference), undefined, 'DELETE')),
    )
}

async function read(file: unknown): Promise<string | null> {
  return typeof file === 'string' ? readFile(file, 'utf8') : null
}
