import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { runBills } from '../src/cli/commands-billing.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds, personWith } from './harness.ts'

const MONTHLY = `
plans:
  - code: monthly
    name: Monthly
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Monthly fee, amount: 10, every: { unit: month } }
      - { kind: usage, code: data, name: Data, meter: megabytes, rate: { model: per_unit, unitAmount: 0.5 } }
`
const world = await startChargingWorld('tamper')
const { client, config } = world.kvit
const database = new pg.Client({ connectionString: String(config.databaseUrl) })
await database.connect()
await database.query('set search_path = t_tamper; set session_replication_role = replica')
after(async () => database.end())

/** All that money stands on, once or more of each. */
async function makeEverything(): Promise<void> {
  await client.post('/v1/catalog', { files: [{ name: 'monthly.yaml', text: MONTHLY }] })
  const second = await personWith(world.kvit, 'second', ['balances:approve'])
  await second.post('/v1/charging/settings', { approvalLimits: { EUR: '10' } }, 'PUT')
  for (const key of ['ann', 'bob']) await world.subscriber(key, { plan: 'monthly' })
  for (const key of ['pre', 'mate']) await world.subscriber(key, { creditLimit: '5' })
  await world.topUp('pre', '20.00', { key: 'top' })
  await world.topUp('pre', '3.00', { key: 'wrong' })
  await client.post('/v1/top-ups/wrong/reversal', { reason: 'mistake' })
  const { codes } = await client.post<{ codes: string[] }>('/v1/voucher-batches', {
    ...{ key: 'spring', count: 2, currency: 'EUR', amount: '5.00' },
  })
  await client.post('/v1/vouchers/redeem', { account: 'mate', code: codes[0] })
  const adjustment = { account: 'pre', direction: 'credit', source: 'paid', reason: 'gift' }
  await client.post('/v1/adjustments', { ...adjustment, key: 'small', amount: '1.00' })
  const { id } = await client.post('/v1/adjustments', { ...adjustment, key: 'large', amount: '100.00' })
  await second.post(`/v1/adjustments/${String(id)}/approve`, {})
  await client.post('/v1/balance-transfers', { key: 'tr', from: 'pre', to: 'mate', amount: '1.00' })
  await world.event('ann', 'data', { mb: 7 })
  await world.event('pre', 'call', {})
  await client.post('/v1/coupons', {
    ...{ code: 'TENTH', name: 'Tenth', value: { kind: 'percent', percent: '10' }, duration: { kind: 'forever' } },
  })
  await client.post('/v1/coupon-redemptions', { key: 'ann-tenth', code: 'TENTH', account: 'ann' })
  const change = { kind: 'quantity', quantity: 2, at: '2026-02-20T00:00:00Z' }
  await client.post('/v1/subscriptions/bob/changes', change)
  await runBills(client, '2026-02-10')
  const payment = { method: 'bank', currency: 'EUR' }
  await client.post('/v1/payments', { ...payment, key: 'p-ann', account: 'ann', amount: '9.00' })
  await client.post('/v1/payments', { ...payment, key: 'p-bob', account: 'bob', amount: '4.00' })
  await client.post('/v1/payments/p-bob/reversal', { reason: 'bounced' })
  await client.post('/v1/accounts/mate', { creditLimit: '7' }, 'PATCH')
  await world.moveClock('tamper', '2026-03-02T06:00:00Z', async () => true)
  await runBills(client, '2026-03-01')
  // Stores counters and balances; nothing is old enough to leave Postgres.
  await client.post('/v1/journal/archive', {})
}

/** Waits until everything is sealed that was written. */
async function sealed(): Promise<void> {
  const open = `select (select count(*) from invoice i left join invoice_anchor a on a.invoice_id = i.id where a.seq is null)
    + (select count(*) from payment p where not exists (select from sealed_row s where s.kind = 'payment' and s.key = p.id::text))
    + (select count(*) from changed_row) as rows`
  for (let tries = 0; tries < 600; tries++) {
    if (Number((await database.query(open)).rows[0].rows) === 0) return
    await setTimeout(100)
  }
  assert.fail('not sealed in a minute')
}

await makeEverything()
await sealed()

const AS_SEALED = 'every row that money stands on is as it was sealed'
const IN_JOURNAL = 'every seal of rows is in the journal'
const invoiceOf = (account: string): string =>
  `(select i.id from invoice i join account a on a.id = i.account_id where a.key = '${account}' order by i.id desc limit 1)`
const accountOf = (key: string): string => `(select id from account where key = '${key}')`

interface Tampering {
  readonly what: string
  readonly table: string
  /** Which rows. */
  readonly where: string
  /** What they are set to; none are deleted. */
  readonly set?: string
  readonly found: string
  readonly named: RegExp
}

const BY_SQL: readonly Tampering[] = [
  {
    what: 'the last invoice is deleted',
    table: 'invoice',
    where: `id = ${invoiceOf('bob')}`,
    found: AS_SEALED,
    named: /^document .* was taken away/,
  },
  {
    what: 'a due date is moved',
    table: 'invoice',
    where: `id = ${invoiceOf('ann')}`,
    set: 'due_on = due_on + 30',
    found: AS_SEALED,
    named: /^document .* was changed/,
  },
  {
    what: 'an invoice is moved to another account',
    table: 'invoice',
    where: `id = ${invoiceOf('ann')}`,
    set: `account_id = ${accountOf('mate')}`,
    found: AS_SEALED,
    named: /^document .* was changed/,
  },
  {
    what: 'the text of an invoice is changed',
    table: 'invoice',
    where: `id = ${invoiceOf('ann')}`,
    set: `document = jsonb_set(document, '{dueOn}', '"2027-01-01"')`,
    found: 'anchored roots are those of documents and charges',
    named: /document .* was changed/,
  },
  {
    what: 'an amount of a line is changed',
    table: 'invoice_line',
    where: `invoice_id = ${invoiceOf('ann')} and position = 1`,
    set: 'amount_minor = amount_minor + 1',
    found: AS_SEALED,
    named: /^lines of document .* was changed/,
  },
  {
    what: 'a line is deleted',
    table: 'invoice_line',
    where: `invoice_id = ${invoiceOf('ann')} and position = 1`,
    found: AS_SEALED,
    named: /^lines of document/,
  },
  {
    what: 'an anchor is deleted',
    table: 'invoice_anchor',
    where: `invoice_id = ${invoiceOf('ann')}`,
    found: 'every anchored root is in the journal',
    named: /segment/,
  },
  {
    what: 'all anchors are deleted',
    table: 'invoice_anchor',
    where: 'true',
    found: 'every root in the journal has its documents or rows',
    named: /segment/,
  },
  {
    what: 'the last number of a series is set back',
    table: 'document_series',
    where: 'true',
    set: 'last_number = last_number - 1',
    found: 'invoice numbers without gap or repeat',
    named: /INV/,
  },
  {
    what: 'a payment is moved to another account',
    table: 'payment',
    where: `key = 'p-ann'`,
    set: `account_id = ${accountOf('bob')}`,
    found: AS_SEALED,
    named: /^payment .* was changed/,
  },
  {
    what: 'a payment is deleted',
    table: 'payment',
    where: `key = 'p-ann'`,
    found: AS_SEALED,
    named: /^payment .* was taken away/,
  },
  {
    what: 'a reversal is deleted',
    table: 'payment_reversal',
    where: 'true',
    found: AS_SEALED,
    named: /^reversal of payment .* was taken away/,
  },
  {
    what: 'an allocation settles another invoice',
    table: 'allocation',
    where: 'payment_id is not null',
    set: `invoice_id = ${invoiceOf('bob')}`,
    found: AS_SEALED,
    named: /^allocation .* was changed/,
  },
  {
    what: 'an allocation is deleted',
    table: 'allocation',
    where: 'payment_id is not null',
    found: AS_SEALED,
    named: /^allocation .* was taken away/,
  },
  {
    what: 'a posting goes to another ledger account',
    table: 'posting',
    where: `ledger_account like 'revenue%'`,
    set: `ledger_account = 'customer_prepaid'`,
    found: AS_SEALED,
    named: /^ledger entry .* was changed/,
  },
  {
    what: 'a posting is deleted',
    table: 'posting',
    where: `ledger_account = 'receivable'`,
    found: AS_SEALED,
    named: /^ledger entry/,
  },
  {
    what: 'a top-up is changed',
    table: 'top_up',
    where: `key = 'top'`,
    set: 'amount_minor = 2500',
    found: AS_SEALED,
    named: /^top-up .* was changed/,
  },
  {
    what: 'a reversal of a top-up is deleted',
    table: 'top_up_reversal',
    where: 'true',
    found: AS_SEALED,
    named: /^reversal of top-up .* was taken away/,
  },
  {
    what: 'an entry of a statement is changed',
    table: 'balance_entry',
    where: `key = 'tr'`,
    set: 'amount = amount * 2',
    found: AS_SEALED,
    named: /^balance entry .* was changed/,
  },
  {
    what: 'a voucher is un-redeemed',
    table: 'voucher',
    where: 'redeemed_by is not null',
    set: 'redeemed_by = null, redeemed_at = null',
    found: AS_SEALED,
    named: /^redeemed voucher .* was taken away/,
  },
  {
    what: 'a batch of vouchers is worth more',
    table: 'voucher_batch',
    where: 'true',
    set: `content = jsonb_set(content, '{amount}', '"50.00"')`,
    found: AS_SEALED,
    named: /^batch of vouchers .* was changed/,
  },
  {
    what: 'an adjustment was asked by somebody else',
    table: 'adjustment',
    where: `key = 'small'`,
    set: `requested_by = 'nobody'`,
    found: AS_SEALED,
    named: /^adjustment .* was changed/,
  },
  {
    what: 'a decision is taken back',
    table: 'adjustment',
    where: `key = 'large'`,
    set: `status = 'pending', decided_by = null`,
    found: AS_SEALED,
    named: /^decision on adjustment .* was taken away/,
  },
  {
    what: 'a plan version is changed',
    table: 'plan_version',
    where: `code = 'monthly'`,
    set: `content = jsonb_set(content, '{prices,0,amount}', '"9"')`,
    found: AS_SEALED,
    named: /^plan version .* was changed/,
  },
  {
    what: 'a meter is changed',
    table: 'meter',
    where: `code = 'megabytes'`,
    set: `content = jsonb_set(content, '{name}', '"Other"')`,
    found: AS_SEALED,
    named: /^meter megabytes was changed/,
  },
  {
    what: 'a change of a subscription is deleted',
    table: 'subscription_change',
    where: 'true',
    found: AS_SEALED,
    named: /^change of subscription .* was taken away/,
  },
  {
    what: 'a subscription begins later',
    table: 'subscription',
    where: `key = 'ann'`,
    set: `starts_at = starts_at + interval '1 day'`,
    found: AS_SEALED,
    named: /^subscription .* was changed/,
  },
  {
    what: 'a credit limit is lifted',
    table: 'account',
    where: `key = 'mate'`,
    set: 'credit_limit_minor = 99900',
    found: AS_SEALED,
    named: /^account .* was changed/,
  },
  {
    what: 'a coupon gives more',
    table: 'coupon',
    where: `code = 'TENTH'`,
    set: `terms = jsonb_set(terms, '{value,percent}', '"90"')`,
    found: AS_SEALED,
    named: /^coupon .* was changed/,
  },
  {
    what: 'a redemption is deleted',
    table: 'coupon_redemption',
    where: 'true',
    found: AS_SEALED,
    named: /^redemption of coupon .* was taken away/,
  },
  {
    what: 'a seal is made to fit',
    table: 'sealed_row',
    where: `kind = 'payment'`,
    set: `digest = sha256('x')`,
    found: IN_JOURNAL,
    named: /segment/,
  },
  { what: 'a seal is deleted', table: 'sealed_row', where: `kind = 'payment'`, found: IN_JOURNAL, named: /segment/ },
  {
    what: 'a stored counter is changed',
    table: 'counter',
    where: 'true',
    set: 'amount = amount + 1',
    found: 'counters of checkpoints are those of the journal',
    named: /is stored/,
  },
  {
    what: 'a stored counter is deleted',
    table: 'counter',
    where: 'true',
    found: 'counters of checkpoints are those of the journal',
    named: /is not stored/,
  },
  {
    what: 'stored balances are changed',
    table: 'account_balance',
    where: `account_id = ${accountOf('pre')}`,
    set: `content = replace(content::text, '"remaining": {"$n": "', '"remaining": {"$n": "9')::jsonb`,
    found: 'balances of checkpoints are those of the journal',
    named: /is stored/,
  },
  {
    what: 'stored balances are deleted',
    table: 'account_balance',
    where: 'true',
    found: 'balances of checkpoints are those of the journal',
    named: /is not stored/,
  },
  {
    what: 'the bytes of a segment are changed',
    table: 'segment',
    where: 'seq = 3',
    set: 'payload = set_byte(payload, 20, (get_byte(payload, 20) + 1) % 256)',
    found: 'the journal chain verifies',
    named: /segment 3/,
  },
  {
    what: 'the digest of a segment is changed',
    table: 'segment',
    where: 'seq = 3',
    set: `digest = sha256('x')`,
    found: 'the journal chain verifies',
    named: /segment/,
  },
]

test('S8: everything that was made holds', async () => assert.deepEqual(await checkHolds(client), []))

for (const { what, table, where, set, found, named } of BY_SQL)
  test(`S8: ${what}: it is found and named`, async () => {
    const { rows } = await database.query(`select to_jsonb(t)::text as row from ${table} t where ${where}`)
    assert.ok(rows.length > 0, 'there is such a row')
    const before = rows.map(({ row }) => String(row))
    await database.query(
      set === undefined ? `delete from ${table} where ${where}` : `update ${table} set ${set} where ${where}`,
    )
    try {
      const broken = await checkHolds(client)
      const told = broken.find((line) => line.startsWith(`${found}: `))
      assert.ok(told !== undefined, `${found} is not among ${broken.join('\n') || 'what is broken: nothing'}`)
      assert.match(told.slice(found.length + 2), named)
    } finally {
      await putBack(table, before)
    }
  })

test('S8: as it was put back, everything holds again, and what requests change is no tampering', async () => {
  assert.deepEqual(await checkHolds(client), [])
  await client.post('/v1/accounts/mate', { creditLimit: '9' }, 'PATCH')
  await client.post('/v1/accounts/mate', { creditLimit: '8' }, 'PATCH')
  assert.deepEqual(await checkHolds(client), [])
  await sealed()
  assert.deepEqual(await checkHolds(client), [])
})

/** Rows as they were, under their primary keys. */
async function putBack(table: string, rows: readonly string[]): Promise<void> {
  const { rows: keys } = await database.query(
    `select a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
     where i.indrelid = $1::regclass and i.indisprimary`,
    [table],
  )
  const isSame = keys.map(({ name }) => `t.${String(name)} = r.${String(name)}`).join(' and ')
  for (const text of rows) {
    await database.query(`delete from ${table} t using jsonb_populate_record(null::${table}, $1) r where ${isSame}`, [
      text,
    ])
    await database.query(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`, [text])
  }
}
