/** A mistake made on purpose: what is done, and what its answer has to say. */
export interface Mistake {
  readonly done: string
  readonly ask: Ask
  /** What is wrong, in words of the caller. */
  readonly what: RegExp
  /** The field, line, row or option that it is about. */
  readonly where: RegExp
  /** What to write or to do instead. */
  readonly toDo: RegExp
}

/** A request, plan files, usage as a file, or a call of the command line. */
type Ask =
  | { readonly request: string; readonly body?: unknown; readonly raw?: string; readonly type?: string }
  | { readonly plan: string }
  | { readonly command: string }

const account = { customer: 'anna', issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
const payment = { key: 'p', account: 'anna', method: 'bank', currency: 'EUR', amount: '5.00' }
const topUp = { key: 't', account: 'anna', method: 'cash', currency: 'EUR', amount: '5.00' }
const post = (path: string, body: unknown): Ask => ({ request: `POST ${path}`, body })
const price = (text: string): Ask => ({
  plan: `plans:\n  - code: p\n    name: P\n    currency: EUR\n    prices:\n      - ${text}\n`,
})

export const MISTAKES: readonly Mistake[] = [
  {
    done: 'a payment of a negative amount',
    ask: post('/v1/payments', { ...payment, amount: '-5.00' }),
    what: /"-5\.00" is negative/,
    where: /amount/,
    toDo: /write an amount without a sign/,
  },
  {
    done: 'a payment of an amount with a comma',
    ask: post('/v1/payments', { ...payment, amount: '5,00' }),
    what: /"5,00" is no plain decimal/,
    where: /amount/,
    toDo: /write one such as "50\.00"/,
  },
  {
    done: 'a payment of nothing',
    ask: post('/v1/payments', { ...payment, amount: '0' }),
    what: /0 cannot be paid/,
    where: /amount/,
    toDo: /write an amount above zero such as 12\.50/,
  },
  {
    done: 'a payment with more digits than its currency',
    ask: post('/v1/payments', { ...payment, amount: '5.001' }),
    what: /5\.001 cannot be paid/,
    where: /amount/,
    toDo: /EUR has 2 digits/,
  },
  {
    done: 'a payment of 10^20',
    ask: post('/v1/payments', { ...payment, amount: '100000000000000000000' }),
    what: /at most/,
    where: /amount/,
    toDo: /10\^15/,
  },
  {
    done: 'a payment in another currency than the account',
    ask: post('/v1/payments', { ...payment, currency: 'USD' }),
    what: /the account is in EUR, the payment in USD/,
    where: /currency/,
    toDo: /write EUR/,
  },
  {
    done: 'a payment to an account that there is not',
    ask: post('/v1/payments', { ...payment, account: 'ana' }),
    what: /no account ana/,
    where: /account/,
    toDo: /kvit account list/,
  },
  {
    done: 'a top-up of a negative amount',
    ask: post('/v1/top-ups', { ...topUp, amount: '-1' }),
    what: /"-1" is negative/,
    where: /amount/,
    toDo: /write an amount without a sign/,
  },
  {
    done: 'a top-up to an account that there is not',
    ask: post('/v1/top-ups', { ...topUp, account: 'ana' }),
    what: /no account ana/,
    where: /account/,
    toDo: /kvit account list/,
  },
  {
    done: 'an invoice that there is not',
    ask: { request: 'GET /v1/invoices/INV-999999' },
    what: /no invoice INV-999999/,
    where: /INV/,
    toDo: /kvit invoice list/,
  },
  {
    done: 'a payment that there is not',
    ask: { request: 'GET /v1/payments/p-404' },
    what: /no payment p-404/,
    where: /p-404/,
    toDo: /kvit payment list/,
  },
  {
    done: 'a plan that there is not',
    ask: { request: 'GET /v1/plans/basics' },
    what: /no plan basics/,
    where: /basics/,
    toDo: /kvit plan list/,
  },
  {
    done: 'a version of a plan that there is not',
    ask: { request: 'GET /v1/plans/basic?version=9' },
    what: /no plan basic version 9/,
    where: /version/,
    toDo: /kvit plan list/,
  },
  {
    done: 'a subscription to a plan that there is not',
    ask: post('/v1/subscriptions', { key: 'x', account: 'anna', plan: 'basics', startsAt: '2026-01-01T00:00:00Z' }),
    what: /no plan basics/,
    where: /plan/,
    toDo: /kvit plan list/,
  },
  {
    done: 'a simulation of no records',
    ask: post('/v1/plans/basic/simulate', { records: [] }),
    what: /too short/,
    where: /records/,
    toDo: /at least 1 entry/,
  },
  {
    done: 'a re-rating to a version that there is not',
    ask: post('/v1/re-ratings', {
      key: 'r',
      reason: 'x',
      plans: [{ from: { code: 'basic', version: 1 }, to: { code: 'basic', version: 9 } }],
      from: '2026-01-01',
      until: '2026-02-01',
    }),
    what: /no plan basic version 9/,
    where: /version/,
    toDo: /kvit plan list/,
  },
  {
    done: 'a coupon that there is not',
    ask: post('/v1/coupon-redemptions', { key: 'c', code: 'SPRING', account: 'anna' }),
    what: /no coupon has this code/,
    where: /coupon/,
    toDo: /kvit coupon list/,
  },
  {
    done: 'a customer that there is already',
    ask: post('/v1/customers', { key: 'anna', name: 'Anna' }),
    what: /the key anna is that of another customer/,
    where: /key/,
    toDo: /take another key/,
  },
  {
    done: 'an account without its customer',
    ask: post('/v1/accounts', { ...account, key: 'a2', customer: undefined }),
    what: /missing/,
    where: /customer/,
    toDo: /it is a text/,
  },
  {
    done: 'an account in a zone that there is not',
    ask: post('/v1/accounts', { ...account, key: 'a2', zone: 'Europe/Kiew' }),
    what: /"Europe\/Kiew" is no IANA time zone/,
    where: /zone/,
    toDo: /such as Europe\/Kyiv/,
  },
  {
    done: 'a field that is misspelt',
    ask: post('/v1/customers', { key: 'b', name: 'B', emial: 'b@example.com' }),
    what: /there is no "emial"/,
    where: /emial/,
    toDo: /did you mean "email"/,
  },
  {
    done: 'a day that there is not',
    ask: post('/v1/bill-runs', { until: '2026-02-30' }),
    what: /2026-02-30/,
    where: /until/,
    toDo: /such as 2026-02-28/,
  },
  {
    done: 'a bill run of tomorrow',
    ask: post('/v1/bill-runs', { until: '2026-12-01' }),
    what: /not to 2026-12-01/,
    where: /bill run/,
    toDo: /reaches up to today/,
  },
  {
    done: 'a filter that is misspelt',
    ask: { request: 'GET /v1/invoices?status=paid' },
    what: /unknown parameter "status"/,
    where: /status/,
    toDo: /did you mean "state"/,
  },
  {
    done: 'a state that there is not',
    ask: { request: 'GET /v1/invoices?state=opn' },
    what: /"opn" is none of/,
    where: /state/,
    toDo: /did you mean "open"/,
  },
  {
    done: 'a currency in small letters',
    ask: { request: 'GET /v1/invoices?currency=eur' },
    what: /"eur" is no currency/,
    where: /currency/,
    toDo: /write EUR/,
  },
  {
    done: 'a body that is cut off',
    ask: { request: 'POST /v1/customers', raw: '{"key": "a",}' },
    what: /no JSON/,
    where: /line 1 column 13/,
    toDo: /JSON/,
  },
  {
    done: 'a body without its type',
    ask: { request: 'POST /v1/customers', raw: '{"key":"a"}', type: 'application/x-www-form-urlencoded' },
    what: /read as JSON/,
    where: /content-type/,
    toDo: /send the header/,
  },
  {
    done: 'an address that is misspelt',
    ask: { request: 'GET /v1/invoice' },
    what: /no route/,
    where: /\/v1\/invoice/,
    toDo: /did you mean \/v1\/invoices/,
  },
  {
    done: 'a model that is misspelt',
    ask: price('{ kind: usage, code: c, name: C, meter: minutes, rate: { model: per_unti, unitAmount: 1 } }'),
    what: /unknown model "per_unti"/,
    where: /plan\.yaml:6/,
    toDo: /did you mean "per_unit"/,
  },
  {
    done: 'a kind of price that is misspelt',
    ask: price('{ kind: recuring, code: c, name: C, amount: 1, every: { unit: month } }'),
    what: /unknown kind "recuring"/,
    where: /plan\.yaml:6/,
    toDo: /did you mean "recurring"/,
  },
  {
    done: 'a unit of time that is misspelt',
    ask: price('{ kind: recurring, code: c, name: C, amount: 1, every: { unit: mnth } }'),
    what: /"mnth" is none of/,
    where: /plan\.yaml:6/,
    toDo: /did you mean "month"/,
  },
  {
    done: 'a key of a plan file that is misspelt',
    ask: price('{ kind: recurring, code: c, name: C, amout: 1, every: { unit: month } }'),
    what: /unknown key "amout"/,
    where: /plan\.yaml:6/,
    toDo: /did you mean "amount"/,
  },
  {
    done: 'a fee that is no number',
    ask: price('{ kind: recurring, code: c, name: C, amount: ten, every: { unit: month } }'),
    what: /"ten" is no plain decimal/,
    where: /plan\.yaml:6/,
    toDo: /write one such as/,
  },
  {
    done: 'a price on a meter that there is not',
    ask: price('{ kind: usage, code: c, name: C, meter: minuts, rate: { model: per_unit, unitAmount: 1 } }'),
    what: /unknown meter "minuts"/,
    where: /plan\.yaml:6/,
    toDo: /did you mean "minutes"/,
  },
  {
    done: 'a plan file that is no YAML',
    ask: { plan: 'plans:\n  - code: [\n' },
    what: /Flow sequence/,
    where: /plan\.yaml:\d/,
    toDo: /end with a \]/,
  },
  {
    done: 'a command that is misspelt',
    ask: { command: 'invoce list' },
    what: /unknown command "invoce"/,
    where: /invoce/,
    toDo: /did you mean invoice/,
  },
  {
    done: 'a command without what it needs',
    ask: { command: 'bill run' },
    what: /needs --until/,
    where: /bill run/,
    toDo: /for example: kvit bill run/,
  },
  {
    done: 'an option that is misspelt',
    ask: { command: 'invoice list --acount 1' },
    what: /unknown option '--acount'/,
    where: /--acount/,
    toDo: /did you mean --account/,
  },
]
