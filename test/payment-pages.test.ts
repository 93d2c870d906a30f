/** Pages on which payers pay: by a reader without scripts and cookies that sends forms as they stand, with Stripe's double behind them. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import pg from 'pg'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { startGatewayWorld } from './gateway-world.ts'
import { checkHolds, createSubscriber } from './harness.ts'
import { formOf, linkWith, PageVisitor, type Visited } from './page-visitor.ts'

const world = await startGatewayWorld('shop', '2026-02-01T06:00:00Z')
const { client, stripe, kvit } = world
const visitor = new PageVisitor(kvit.app.url)
const bank = { currency: 'EUR', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' }
await client.post('/v1/issuers/op', { bankAccounts: [bank] }, 'PATCH')
const people = ['ann', 'bea', 'cid', 'dan', 'eva', 'fay', 'gus', 'hal', 'ida', 'jon']
for (const key of people) await createSubscriber(client, key, { language: key === 'bea' ? 'uk' : 'en' })
await runBills(client, '2026-02-01')

const put = async (values: Json): Promise<unknown> => client.post('/v1/settings/payment-links', { values }, 'PUT')
const documentsOf = async (account: string): Promise<Json[]> =>
  client.list<Json>(`/v1/invoices?account=${account}&order=oldest`)
/** A link for the first document of an account: its path, its id and the document. */
const linkFor = async (account: string, body: Json = {}): Promise<{ path: string; id: string; invoice: Json }> => {
  const [invoice] = (await documentsOf(account)) as [Json]
  const made = await client.post<Json>(`/v1/invoices/${String(invoice['id'])}/payment-links`, body)
  return { path: new URL(String(made['url'])).pathname, id: String(made['id']), invoice }
}
const accountLink = async (account: string, purpose: string): Promise<string> =>
  new URL(String((await client.post<Json>(`/v1/accounts/${account}/payment-links`, { for: purpose }))['url'])).pathname
const openOf = async ({ id }: Json): Promise<unknown> => (await client.get<Json>(`/v1/invoices/${String(id)}`))['open']
const attempts = async (account: string): Promise<Json[]> =>
  client.list<Json>(`/v1/payment-attempts?account=${account}`)
/** Where Stripe would send the payer back to. */
const returnOf = (page: Visited): string => {
  const session = [...stripe.sessions.values()].find(({ url }) => url === page.next?.url)
  return new URL(String(session?.successUrl)).pathname
}
/** A provider is asked again some seconds after it was: here it is said at once. */
const told = async (): Promise<void> => {
  await world.deliver(world.sent.splice(0))
  for (const { key, state } of await client.list<Json>('/v1/payment-attempts'))
    if (state === 'pending') await client.post(`/v1/payment-attempts/${String(key)}/ask`, {})
}
const database = new pg.Client({ connectionString: kvit.config.databaseUrl })
await database.connect()

test('a payer pays a document by a card that asks for a second step, without scripts, and gets a receipt', async () => {
  const { path, invoice } = await linkFor('ann')
  const page = await visitor.get(path)
  assert.equal(page.status, 200)
  assert.match(page.html, /^<!doctype html>\n<html lang="en">/)
  assert.match(page.text, /Invoice INV-000001 Amount due EUR 10\.00 due by 15 Feb 2026/)
  assert.match(page.text, /Monthly fee 10\.00 Total EUR 10\.00 Download as PDF Bank transfer .* IBAN DE89 3704/)
  const form = formOf(page)
  assert.deepEqual(form.fields, { form: form.fields['form'], amount: '10.00' })
  const going = await visitor.submit(page)
  assert.match(going.text, /^Operator Continue to the payment Invoice INV-000001 · EUR 10\.00/)
  assert.deepEqual([going.next?.afterSeconds, going.next?.url.startsWith(stripe.url)], [0, true])
  const back = returnOf(going)
  assert.equal((await fetch(`${going.next?.url}?method=pm_card_authenticationRequired`)).status, 200)
  const waiting = await visitor.get(back)
  assert.match(waiting.text, /Waiting for the payment/)
  assert.deepEqual([waiting.next?.afterSeconds, waiting.next?.url], [5, back])
  const challenge = linkWith(waiting, 'Continue')
  assert.match(challenge, /\/challenge\//)
  assert.equal(await openOf(invoice), '10.00')
  // Meanwhile nobody else pays it; whoever began it can go on.
  const other = await visitor.get(path)
  assert.deepEqual([other.status, /A payment is already under way/.test(other.text)], [409, true])
  assert.match(linkWith(other, 'Continue'), /\/payments\//)
  assert.equal((await fetch(challenge)).status, 200)
  await told()
  const paid = await visitor.get(back)
  assert.match(paid.text, /Payment received Thank you\. We have received EUR 10\.00\./)
  assert.equal(paid.next, null)
  const receipt = await fetch(`${kvit.app.url}${linkWith(paid, 'Download the receipt')}`)
  assert.deepEqual(
    [receipt.headers.get('content-type'), (await receipt.text()).slice(0, 5)],
    ['application/pdf', '%PDF-'],
  )
  assert.equal(await openOf(invoice), '0.00')
  // The link says so from now on, and the same form again is the same payment.
  const done = await visitor.get(path)
  assert.deepEqual([done.status, /This has been paid/.test(done.text)], [200, true])
  assert.match((await visitor.get(linkWith(done, 'Receipt'))).text, /Payment received/)
  assert.match((await visitor.post(form.action, form.fields)).text, /Payment received/)
  assert.equal((await attempts('ann')).length, 1)
  const file = await fetch(`${kvit.app.url}${path}/document.pdf`)
  assert.equal((await file.text()).slice(0, 5), '%PDF-')
  assert.deepEqual(await checkHolds(client), [])
})

test('what a form says of the amount is believed within bounds alone, in the language of the customer', async () => {
  const { path, invoice } = await linkFor('bea')
  const whole = await visitor.get(path)
  assert.match(whole.text, /^Перейти до оплати Operator Рахунок INV-000002 До сплати 10,00 EUR/)
  for (const amount of ['0.01', '9.99', '10.01', '-10.00', '', 'abc']) {
    const answer = await visitor.submit(whole, { amount })
    assert.deepEqual([answer.status, /Сума до сплати змінилася/.test(answer.text)], [409, true], amount)
  }
  await put({ partPayments: true, leastPartMinor: 200 })
  const page = await visitor.get(path)
  assert.equal(formOf(page).fields['amount'], '10,00')
  for (const amount of ['1,99', '10,01', '1.000', '1,000', '12 EUR', '٥', '-3', '9'.repeat(39), '<b>']) {
    const answer = await visitor.submit(page, { amount })
    assert.deepEqual([answer.status, answer.headers.get('content-language')], [422, 'uk'], amount)
    assert.match(answer.text, /Напишіть суму від 2,00 EUR до 10,00 EUR, наприклад 10,00\./)
    // What was typed stands there again, as it was typed.
    assert.deepEqual([formOf(answer).fields['amount'], /<b>/.test(answer.html)], [amount, false])
  }
  assert.deepEqual(await attempts('bea'), [])
  // A form that nobody was given is none.
  assert.equal((await visitor.post(path, { amount: '3,00' })).status, 422)
  assert.equal((await visitor.post(path, { form: 'x', amount: '3,00' })).status, 422)
  const going = await visitor.submit(page, { amount: ' 3,5 ' })
  await fetch(String(going.next?.url))
  await told()
  assert.match((await visitor.get(returnOf(going))).text, /Платіж отримано .* Ще не сплачено 6,50 EUR/)
  assert.equal(await openOf(invoice), '6.50')
  assert.match((await visitor.get(path)).text, /До сплати 6,50 EUR/)
  await put({})
})

test('a form that is sent five times at once begins one payment', async () => {
  const { path } = await linkFor('cid')
  const form = formOf(await visitor.get(path))
  const answers = await Promise.all(Array.from({ length: 5 }, async () => visitor.post(form.action, form.fields)))
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
  // Two tabs with a form each: the second one is told that a payment is under way.
  const second = await visitor.post(form.action, { ...form.fields, form: '0192f0c8-7d3a-4c53-8f0e-2b8f4c1d9e11' })
  assert.equal(second.status, 409)
  assert.equal((await attempts('cid')).length, 1)
})

test('a card that is declined leaves the provider’s page open; what is given up can be tried again', async () => {
  const { path, invoice } = await linkFor('dan')
  const going = await visitor.submit(await visitor.get(path))
  const back = returnOf(going)
  await fetch(`${going.next?.url}?method=pm_card_chargeCustomerFail`)
  assert.match((await visitor.get(back)).text, /Waiting for the payment/)
  stripe.expire(String(going.next?.url.split('/').at(-1)))
  await told()
  const failed = await visitor.get(back)
  assert.match(failed.text, /The payment did not go through .* Nothing was taken by this attempt/)
  const again = await visitor.submit(await visitor.get(linkWith(failed, 'Try again')))
  await fetch(String(again.next?.url))
  await told()
  assert.equal(await openOf(invoice), '0.00')
})

test('links that are unknown, expired or revoked, and documents that are void, disputed or paid elsewhere, say so', async () => {
  const { path, id } = await linkFor('eva', { openDays: 1 })
  const says = async (at: string, status: number, words: RegExp, language = 'en'): Promise<void> => {
    const page = await visitor.get(at, { 'accept-language': language })
    assert.deepEqual([page.status, words.test(page.text)], [status, true], `${at} ${page.status} ${page.text}`)
    assert.doesNotMatch(page.html, /<form/)
  }
  await says('/pay/x', 404, /There is no such link/)
  await says(`${path}x`, 404, /Такого посилання немає/, 'uk-UA,uk;q=0.9,en;q=0.8')
  await says(path.replace('/shop.', '/other.'), 404, /Cet|Ce lien n’existe pas/, 'xx,fr;q=0.5')
  await says(`${path}/payments/0192f0c8-7d3a-7c53-8f0e-2b8f4c1d9e11`, 404, /There is no such link/)
  const [{ key }] = (await documentsOf('eva')).map((one) => ({ key: String(one['number']) })) as [{ key: string }]
  const dispute = { key: 'disp-1', reason: 'wrong_amount' }
  await client.post(`/v1/invoices/${key}/disputes`, dispute)
  await says(path, 409, /This document is in dispute/)
  await client.post('/v1/disputes/disp-1/withdraw', {})
  assert.equal((await visitor.get(path)).status, 200)
  await client.post('/v1/payments', {
    key: 'cash-eva',
    account: 'eva',
    method: 'cash',
    currency: 'EUR',
    amount: '10.00',
  })
  await says(path, 200, /This has been paid/)
  const fay = await linkFor('fay')
  await client.post(`/v1/invoices/${String(fay.invoice['id'])}/void`, {
    key: 'void-1',
    reason: 'billing_error',
    rebill: false,
  })
  await says(fay.path, 410, /This document was cancelled/)
  const gus = await linkFor('gus')
  const before = formOf(await visitor.get(gus.path))
  await client.post(`/v1/payment-links/${gus.id}/revoke`, { reason: 'sent to the wrong address' })
  await says(gus.path, 410, /This link is no longer valid Please ask Operator/)
  assert.equal((await visitor.post(before.action, before.fields)).status, 410)
  assert.equal((await fetch(`${kvit.app.url}${gus.path}/document.pdf`)).status, 404)
  await assert.rejects(client.post(`/v1/payment-links/${gus.id}/revoke`, {}), /revoked already/)
  await client.post('/v1/tenants/shop', { clock: '2026-02-02T06:00:00Z' }, 'PATCH')
  await says(path, 410, /This link has expired/)
  const listed = await client.list<Json>('/v1/payment-links?account=eva&state=expired')
  assert.deepEqual(
    listed.map((one) => one['id']),
    [id],
  )
  const note = (await client.list<Json>('/v1/invoices?kind=credit_note'))[0] as Json
  await assert.rejects(client.post(`/v1/invoices/${String(note['id'])}/payment-links`, {}), /credit note/)
})

test('a link of an account is for all that is open, or for as much as the payer wants to top up', async () => {
  await runBills(client, '2026-03-01').catch(() => undefined)
  const open = await accountLink('hal', 'open_items')
  const page = await visitor.get(open)
  const documents = await documentsOf('hal')
  for (const one of documents) assert.match(page.text, new RegExp(String(one['number'])))
  assert.doesNotMatch(page.text, /INV-000001 /)
  const due = documents.reduce((sum, one) => sum + Number(String(one['open']).replace('.', '')), 0)
  assert.equal(formOf(page).fields['amount'], (due / 100).toFixed(2))
  const going = await visitor.submit(page)
  // What is under way for the account is not asked for again.
  assert.equal((await visitor.get(open)).status, 409)
  await fetch(String(going.next?.url))
  await told()
  for (const one of documents) assert.equal(await openOf(one), '0.00')
  assert.match((await visitor.get(open)).text, /Nothing is open/)
  const top = await accountLink('hal', 'top_up')
  const asked = await visitor.get(top)
  assert.match(asked.text, /Top up: Account hal .* From EUR 1\.00 to EUR 1,000\.00\./)
  assert.equal((await visitor.submit(asked, { amount: '1000.01' })).status, 422)
  const topped = await visitor.submit(asked, { amount: '25' })
  await fetch(String(topped.next?.url))
  await told()
  assert.match((await visitor.get(returnOf(topped))).text, /We have received EUR 25\.00/)
  assert.deepEqual(await checkHolds(client), [])
})

test('a link begins twenty payments within an hour, and no more: each is a page of a provider', async () => {
  const { action, fields } = formOf(await visitor.get(await accountLink('hal', 'top_up')))
  const begun = await Promise.all(
    Array.from({ length: 22 }, async () => {
      const body = new URLSearchParams({ ...fields, form: randomUUID(), amount: '5' }).toString()
      const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: 'null' }
      return (await fetch(new URL(action, kvit.app.url), { method: 'POST', redirect: 'manual', headers, body })).status
    }),
  )
  assert.deepEqual(begun.map(String).toSorted(), [...Array.from({ length: 20 }, () => '303'), '429', '429'])
})

test('a page has no script, is framed and kept by nobody, and takes no form of another site', async () => {
  const { path } = await linkFor('ida')
  const page = await visitor.get(path)
  const policy = page.headers.get('content-security-policy') ?? ''
  assert.match(
    policy,
    /^default-src 'none'; style-src 'sha256-[^']+='; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
  )
  for (const [name, value] of [
    ['cache-control', 'no-store'],
    ['referrer-policy', 'no-referrer'],
    ['x-frame-options', 'DENY'],
    ['x-content-type-options', 'nosniff'],
    ['set-cookie', null],
  ] as const)
    assert.equal(page.headers.get(name), value, name)
  assert.doesNotMatch(page.html, /<script|javascript:| on\w+=|style="/)
  const { action, fields } = formOf(page)
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
    assert.equal((await visitor.post(action, fields, headers as Record<string, string>)).status, 403)
  assert.equal((await visitor.post(action, { ...fields, more: 'x'.repeat(5_000) })).status, 413)
  assert.deepEqual(await attempts('ida'), [])
  // Every label and every description is of something that is there.
  for (const [, id] of page.html.matchAll(/(?:for|aria-labelledby|aria-describedby)="([^"]+)"/g))
    for (const one of String(id).split(' ')) assert.match(page.html, new RegExp(` id="${one}"`))
})

test('what is refused by a gateway is begun at the next one; without any the page says how to pay otherwise', async () => {
  const { path } = await linkFor('jon')
  const wrong = {
    adapter: 'stripe',
    priority: 1,
    secrets: { secretKey: 'sk_test_wrongwrongwrong', webhookSecret: 'whsec_wrongwrongwrong' },
  }
  await client.post('/v1/payment-gateways/first', wrong, 'PUT')
  const going = await visitor.submit(await visitor.get(path))
  assert.match(String(going.next?.url), /\/pay\/cs_test/)
  assert.deepEqual((await attempts('jon')).map(({ gateway, state }) => `${String(gateway)} ${String(state)}`).sort(), [
    'first failed',
    'stripe pending',
  ])
  for (const gateway of ['first', 'stripe'])
    await client.post(`/v1/payment-gateways/${gateway}`, { adapter: 'stripe', isOpen: false }, 'PUT')
  const { path: other } = await linkFor('ida')
  const page = await visitor.get(other)
  assert.match(page.text, /Bank transfer/)
  assert.doesNotMatch(page.text, /paid online/)
  assert.doesNotMatch(page.html, /<form/)
})

test('the secret of a link is in no table, event or log; only the address to come back to is kept, and opens for a day', async () => {
  const { path } = await linkFor('gus')
  await visitor.get(path)
  const secret = path.slice(-43)
  const { rows: tables } = await database.query(
    "select table_schema, table_name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'",
  )
  assert.ok(tables.length > 100)
  const found: string[] = []
  for (const { table_schema, table_name } of tables) {
    const { rows } = await database.query(
      `select 1 from "${table_schema}"."${table_name}" t where t::text like $1 limit 1`,
      [`%${secret}%`],
    )
    if (rows.length > 0) found.push(String(table_name))
  }
  assert.deepEqual(found, [])
  const { successUrl } = [...stripe.sessions.values()].at(-1) ?? {}
  const back = new URL(String(successUrl)).pathname
  assert.equal((await visitor.get(back)).status, 200)
  await client.post('/v1/tenants/shop', { clock: '2026-03-05T06:00:00Z' }, 'PATCH')
  assert.equal((await visitor.get(back)).status, 404)
})

test('whoever guesses links is stopped, and payers with theirs are not', async () => {
  const { path } = await linkFor('ida')
  const statuses: number[] = []
  for (let guess = 0; guess < 60; guess++)
    statuses.push((await visitor.get(path.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')))).status)
  assert.deepEqual([statuses[0], statuses.at(-1)], [404, 429])
  assert.equal((await visitor.get(path)).status, 200)
  await database.end()
})
