import { createHmac } from 'node:crypto'
import pg from 'pg'
import type { Client, Json } from '../src/cli/client.ts'
import { signedText, type TerminalFields } from '../src/core/terminals/request.ts'
import { seedOperator, startKvit, type TestKvit } from './harness.ts'

export const SIGNING_KEY = 'a key of a network, 32 characters'
export const NETWORK: Json = {
  currency: 'EUR',
  zone: 'Europe/Kyiv',
  minSum: '1.00',
  maxSum: '500.00',
  accountBy: ['account', 'service', 'reference', 'metadata:phone'],
  shows: ['name', 'balance', 'due'],
  registry: { decimalSign: ',', columns: { txnId: 'Receipt', sum: 'Sum', fee: 'Fee' } },
  secrets: { signingKey: SIGNING_KEY },
}

/** What a terminal is answered. */
interface Told extends Json {
  readonly result: number
  readonly reason: string
}

export interface TerminalWorld {
  readonly kvit: TestKvit
  readonly client: Client
  /** Sends signed fields, in the address. */
  readonly ask: (fields: TerminalFields, network?: string) => Promise<Told>
  readonly pay: (txnId: string, account: string, sum: string, more?: TerminalFields) => Promise<Told>
}

export function sign(fields: TerminalFields, key = SIGNING_KEY): TerminalFields {
  return { ...fields, sign: createHmac('sha256', key).update(signedText(fields)).digest('hex') }
}

const NOBODY = { authorization: '', 'kvit-tenant': '' }

/** A request as it comes from a terminal: without a key of the API. */
export async function send(
  { request }: Pick<TestKvit, 'request'>,
  tenant: string,
  network: string,
  {
    query = '',
    raw,
    headers = {},
  }: { readonly query?: string; readonly raw?: string | Uint8Array; readonly headers?: Record<string, string> },
): Promise<{ status: number; json: Json; text: string }> {
  const path = `/v1/callbacks/${tenant}/terminals/${network}${query === '' ? '' : `?${query}`}`
  return request(raw === undefined ? 'GET' : 'POST', path, {
    headers: { ...NOBODY, ...headers },
    ...(raw === undefined ? {} : { raw }),
  })
}

/** A tenant with a network of terminals that signs. */
export async function startTerminalWorld(tenant: string, clock: string, plans?: string): Promise<TerminalWorld> {
  const kvit = await startKvit(tenant, clock)
  const { client } = kvit
  await seedOperator(client, plans)
  await client.post('/v1/terminal-networks/easypay', NETWORK, 'PUT')
  const ask: TerminalWorld['ask'] = async (fields, network = 'easypay') => {
    const query = new URLSearchParams(sign(fields) as Record<string, string>).toString()
    const { status, json, text } = await send(kvit, tenant, network, { query, headers: { accept: 'application/json' } })
    if (status !== 200) throw new Error(text)
    return json as Told
  }
  return {
    ...{ kvit, client, ask },
    pay: async (txnId, account, sum, more = {}) => ask({ command: 'pay', txn_id: txnId, account, sum, ...more }),
  }
}

/** Top-ups like one that is there, as they are left where an account had no room for another lot; there is room by now. @returns their ids */
export async function refusedAlike(
  { config }: Pick<TestKvit, 'config'>,
  txnId: string,
  count: number,
): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, nth) => `refused-${nth}`)
  const database = new pg.Client({ connectionString: config.databaseUrl })
  await database.connect()
  const other = `jsonb_build_object('id', gen_random_uuid(), 'txn_id', one, 'state', 'refused')`
  const table = 't_kiosk.terminal_transaction'
  await database.query(
    `insert into ${table} select (jsonb_populate_record(t, ${other})).* from ${table} t, unnest($1::text[]) one where t.txn_id = $2`,
    [ids, txnId],
  )
  await database.end()
  return ids
}

/** What a terminal should not send, and what it is answered. */
export const BAD_FIELDS: readonly (readonly [change: Record<string, string>, result: number, reason: string])[] = [
  [{ sum: '0' }, 241, 'too_small'],
  [{ sum: '-5.00' }, 241, 'too_small'],
  [{ sum: '0.99' }, 241, 'too_small'],
  [{ sum: '500.01' }, 242, 'too_large'],
  [{ sum: '999999999999999' }, 242, 'too_large'],
  [{ sum: '10.001' }, 300, 'bad_sum'],
  [{ sum: '1e3' }, 300, 'bad_sum'],
  [{ sum: '10,00' }, 300, 'bad_sum'],
  [{ sum: '' }, 300, 'bad_sum'],
  [{ ccy: 'UAH' }, 7, 'wrong_currency'],
  [{ account: '' }, 4, 'bad_account'],
  [{ account: 'x'.repeat(129) }, 4, 'bad_account'],
  [{ account: 'a\tb' }, 4, 'bad_account'],
  [{ account: 'nobody' }, 5, 'account_not_found'],
  [{ txn_id: 'x'.repeat(1000) }, 300, 'bad_txn_id'],
  [{ txn_id: '' }, 300, 'bad_txn_id'],
  [{ txn_date: '20260212150000' }, 300, 'bad_date'],
  [{ txn_date: '20251201000000' }, 300, 'bad_date'],
  [{ txn_date: '20260230120000' }, 300, 'bad_date'],
  [{ command: 'steal' }, 300, 'bad_command'],
]

/** Changes of rows without Kvit, and how they are put back. */
export const TERMINAL_TAMPERINGS: readonly (readonly [change: string, back: string])[] = [
  [
    `update terminal_transaction set amount_minor = 9 where txn_id = 'p-1'`,
    `update terminal_transaction set amount_minor = 1500 where txn_id = 'p-1'`,
  ],
  [
    `update terminal_transaction set state = 'cancelled' where txn_id = 'p-1'`,
    `update terminal_transaction set state = 'paid' where txn_id = 'p-1'`,
  ],
  [
    `update terminal_transaction set state = 'paid' where txn_id = 'c-1'`,
    `update terminal_transaction set state = 'cancelled' where txn_id = 'c-1'`,
  ],
  [
    `update terminal_transaction set txn_id = 't-9' where txn_id = 't-1'`,
    `update terminal_transaction set txn_id = 't-1' where txn_id = 't-9'`,
  ],
]
