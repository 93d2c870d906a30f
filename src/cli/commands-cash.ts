import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'
import { Listing } from './output.ts'

const deskPath = (key: string): string => `/v1/cash-desks/${encodeURIComponent(key)}`
const receiptPath = (reference: string): string => `/v1/cash-receipts/${encodeURIComponent(reference)}`
const OF_DESK = ['--desk <key>', 'of this desk'] as const

/** Cash desks: `kvit cash …`. */
export function addCashCommands(cli: Cli): void {
  addDesks(cli)
  addReceipts(cli)
  addReports(cli)
}

function addDesks({ program, run }: Cli): void {
  const cash = program.command('cash').description('cash desks: shifts, receipts, what is in drawers and safes')
  cash
    .command('set <desk>')
    .description('set up a cash desk, or change what is given of it')
    .example('front --name "Front desk" --issuer main --currency CHF --zone Europe/Zurich')
    .option('--name <text>')
    .option('--issuer <reference>', 'whose desk it is')
    .option('--currency <code>', 'of a new one: what is paid there')
    .option('--zone <name>')
    .option('--cash-step <decimal>', 'what cash is rounded to, such as 0.05; as its currency has coins unless set')
    .option('--open', 'shifts may begin')
    .option('--closed', 'no shift begins any more')
    .action(async (desk: string, { open, closed, ...given }: Json) =>
      run(async (client) => {
        const { items } = await client.get<{ items: Json[] }>('/v1/cash-desks')
        const known = items.find(({ key }) => key === desk)
        const { name, issuer, currency, zone, cashStep, isOpen = true } = { ...known, ...given }
        const state = open === true || (closed !== true && isOpen === true)
        return client.post(deskPath(desk), { name, issuer, currency, zone, cashStep, isOpen: state }, 'PUT')
      }),
    )
  cash
    .command('list')
    .description('the cash desks, with what is to be in their drawers and safes')
    .example('')
    .action(async () =>
      run(async (client) => {
        const { items } = await client.get<{ items: Json[] }>('/v1/cash-desks')
        return new Listing(items, ({ key, name, currency, drawer, safe, shift, isOpen }) => ({
          key,
          name,
          currency,
          drawer,
          safe,
          shift,
          isOpen,
        }))
      }),
    )
  cash
    .command('open <desk>')
    .description('begin a shift: the float goes from the safe into the drawer')
    .example('front --float 100.00')
    .option('--float <decimal>', 'nothing unless set')
    .action(async (desk: string, options: Json) => run((client) => client.post(`${deskPath(desk)}/shift`, options)))
  cash
    .command('close <desk>')
    .description('end the shift with what was counted; shows the Z report')
    .example('front --counted 385.40 --coins 50=6 20=4 5=1 0.20=2')
    .requiredOption('--counted <decimal>', 'what is in the drawer')
    .option('--coins <value=count...>', 'coins and notes as they were counted')
    .action(async (desk: string, { counted, coins }: { readonly counted: string; readonly coins?: string[] }) =>
      run((client) =>
        client.post(`${deskPath(desk)}/shift/close`, { counted, denominations: coins?.map(coinOf) ?? null }),
      ),
    )
  const moves = (name: 'move' | 'safe', words: string, example: string): void => {
    cash
      .command(`${name} <desk> <kind> <amount>`)
      .description(words)
      .example(example)
      .requiredOption('--reason <text>')
      .option('--key <key>', 'your own identifier: the same key is moved once')
      .action(async (desk: string, kind: string, amount: string, { key = randomUUID(), reason }: Json) =>
        run((client) => client.post(`${deskPath(desk)}/movements`, { key, kind, amount, reason })),
      )
  }
  moves(
    'move',
    'move cash of the drawer: in or out (the safe), added or spent (other books)',
    'front spent 4.50 --reason "stamps"',
  )
  moves(
    'safe',
    'move cash of the safe: safe_in, safe_out, to_bank or from_bank',
    'front to_bank 500.00 --reason "night deposit"',
  )
  addFilters(
    cash
      .command('movements')
      .description('cash that was moved and paid nothing, the newest first')
      .example('--desk front'),
    [OF_DESK, ['--kind <kind>', 'of this kind, such as to_bank']],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(
        client,
        '/v1/cash-movements',
        options,
        ({ createdAt, desk, kind, amount, currency, reason, id }) => ({
          ...{ createdAt, desk, kind, amount, currency, reason, id },
        }),
      ),
    ),
  )
}

function coinOf(text: string): Json {
  const [value = '', count = ''] = text.split('=')
  if (!/^\d+$/.test(count)) throw new Error(`--coins: write value and count, such as 20=4, not ${text}`)
  return { value, count: Number(count) }
}

function addReceipts({ program, run }: Cli): void {
  const cash = program.group('cash')
  cash
    .command('pay <desk> <account>')
    .description('take cash of somebody: the answer has the number of the receipt, and the change')
    .example('front 1001 --amount 15.00 --tendered 20.00')
    .option('--amount <decimal>', 'what is open of the document unless set')
    .option('--invoice <reference>', 'the document that it is for first')
    .option('--tendered <decimal>', 'what the payer gives')
    .option('--note <text>')
    .option('--key <key>', 'your own identifier: the same key is taken once')
    .action(async (desk: string, account: string, { key = randomUUID(), ...options }: Json) =>
      run((client) => client.post(`${deskPath(desk)}/receipts`, { key, account, ...options })),
    )
  cash
    .command('cancel <receipt>')
    .description('cancel a receipt of the shift that is open by another one, and give the cash back')
    .example('front-000017 --reason "wrong account"')
    .requiredOption('--reason <text>')
    .action(async (reference: string, options: Json) =>
      run((client) => client.post(`${receiptPath(reference)}/cancel`, options)),
    )
  cash
    .command('receipt <receipt>')
    .description('a receipt; with --pdf as a paper, with --roll for a printer of 80 mm')
    .example('front-000017 --pdf receipt.pdf --roll')
    .option('--pdf <file>', 'write it as PDF')
    .option('--roll', 'on a roll of 80 mm')
    .action(async (reference: string, { pdf, roll }: { readonly pdf?: string; readonly roll?: boolean }) =>
      run(async (client) => {
        if (pdf === undefined) return client.get(receiptPath(reference))
        await writeFile(
          pdf,
          await client.download(`${receiptPath(reference)}/pdf?paper=${roll === true ? 'roll' : 'sheet'}`),
        )
        return { file: pdf }
      }),
    )
  addFilters(
    cash.command('receipts').description('receipts of cash desks, the newest first').example('--desk front'),
    [...OF_ACCOUNT, OF_DESK, ['--shift <id>', 'of this shift'], ['--kind <kind>', 'payment or cancel']],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/cash-receipts', options, (row) => {
        const { createdAt, number, kind, account, amount, cash: paid, currency, cancelledBy } = row
        return { createdAt, number, kind, account, amount, cash: paid, currency, cancelledBy }
      }),
    ),
  )
}

function addReports({ program, run }: Cli): void {
  const cash = program.group('cash')
  cash
    .command('report <desk>')
    .description('the X report of the shift that is open')
    .example('front')
    .action(async (desk: string) => run((client) => client.get(`${deskPath(desk)}/report`)))
  addFilters(
    cash.command('shifts').description('shifts of cash desks, the newest first').example('--desk front'),
    [OF_DESK],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/cash-shifts', options, (row) => {
        const { openedAt, closedAt, desk, number, cashier, float, expected, counted, difference, currency, id } = row
        return { openedAt, closedAt, desk, number, cashier, float, expected, counted, difference, currency, id }
      }),
    ),
  )
  cash
    .command('shift <id>')
    .description('the report of a shift; with a file as PDF')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11 --pdf z.pdf')
    .option('--pdf <file>', 'write it as PDF')
    .action(async (id: string, { pdf }: { readonly pdf?: string }) =>
      run(async (client) => {
        const path = `/v1/cash-shifts/${encodeURIComponent(id)}/report`
        if (pdf === undefined) return client.get(path)
        await writeFile(pdf, await client.download(`${path}?format=pdf`))
        return { file: pdf }
      }),
    )
}
