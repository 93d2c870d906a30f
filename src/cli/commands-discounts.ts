import { readFile, writeFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import { addFilters, listFiltered } from './list-options.ts'
import { toWhole } from './option-values.ts'

interface CouponOptions {
  readonly percent?: string
  readonly amount?: string
  readonly carryOver?: boolean
  readonly bills?: string
  readonly forever?: boolean
  readonly file?: string
  readonly maxRedemptions?: string
  readonly maxPerCustomer?: string
}

function addReferralCommand({ program, run }: Pick<Cli, 'program' | 'run'>): void {
  program
    .command('refer <program>')
    .description('a customer brought another one: both get their bonus')
    .example('friends --referrer 1001 --referred 1002 --key refer-1')
    .requiredOption('--referrer <account>')
    .requiredOption('--referred <account>')
    .requiredOption('--key <key>')
    .action(async (code: string, options: Json) =>
      run((client) => client.post('/v1/referrals', { program: code, ...options })),
    )
}

/** A coupon as the API reads it: what a file says, then what options say. */
async function couponOf({ file, ...options }: CouponOptions): Promise<Json> {
  const { percent, amount, carryOver, bills, forever, maxRedemptions, maxPerCustomer, ...rest } = options
  const written = file === undefined ? {} : (JSON.parse(await readFile(file, 'utf8')) as Json)
  return {
    ...written,
    ...rest,
    ...(percent === undefined ? {} : { value: { kind: 'percent', percent } }),
    ...(amount === undefined ? {} : { value: { kind: 'fixed', amount, carryOver: carryOver === true } }),
    ...(bills === undefined ? {} : { duration: { kind: 'bills', count: toWhole('--bills', bills) } }),
    ...(forever === true ? { duration: { kind: 'forever' } } : {}),
    ...(maxRedemptions === undefined ? {} : { maxRedemptions: toWhole('--max-redemptions', maxRedemptions) }),
    ...(maxPerCustomer === undefined ? {} : { maxPerCustomer: toWhole('--max-per-customer', maxPerCustomer) }),
  }
}

export function addDiscountCommands({ program, run }: Cli): void {
  addReferralCommand({ program, run })
  program
    .command('commits <account>')
    .description('contract commits of an account, with what can still be drawn down')
    .example('1001')
    .action(async (account: string) =>
      run(async (client) =>
        (await client.get<{ items: Json[] }>(`/v1/accounts/${encodeURIComponent(account)}/contract-commits`)).items.map(
          ({ code, termStart, termEnd, amount, left, currency }) => ({
            code,
            termStart,
            termEnd,
            amount,
            left,
            currency,
          }),
        ),
      ),
    )
  const coupon = program.command('coupon').description('coupons and other discounts')
  coupon
    .command('create')
    .description('make one; steps, targets, bundles and stacking rules stand in a JSON file as the API reads it')
    .example('--code SPRING --name "Spring offer" --percent 20 --bills 3')
    .option('--code <code>')
    .option('--name <name>', 'shown on documents')
    .option('--percent <percent>')
    .option('--amount <decimal>', 'a fixed amount for each bill')
    .option('--currency <code>')
    .option('--carry-over', 'what a bill cannot take goes over to the next')
    .option('--bills <count>', 'for so many bills; once unless set')
    .option('--forever')
    .option('--automatic', 'for every account, without redemption')
    .option('--by-batch', 'redeemed with codes of its own batches alone')
    .option('--max-redemptions <count>')
    .option('--max-per-customer <count>')
    .option('--valid-from <date>')
    .option('--valid-until <date>')
    .option('--file <json>')
    .action(async (options: CouponOptions) =>
      run(async (client) => client.post('/v1/coupons', await couponOf(options))),
    )
  addFilters(
    coupon
      .command('list')
      .description('coupons with how often each was redeemed, the newest first')
      .example('--text spring'),
    [],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(
        client,
        '/v1/coupons',
        options,
        ({ code, name, value, duration, redemptions, maxRedemptions, archivedAt }) => ({
          ...{ code, name, value, duration, redemptions, maxRedemptions, archivedAt },
        }),
      ),
    ),
  )
  coupon
    .command('archive <code>')
    .description('no further redemptions; those that are there go on')
    .example('SPRING')
    .action(async (code: string) => run((client) => client.post(`/v1/coupons/${encodeURIComponent(code)}/archive`, {})))
  coupon
    .command('codes <code> <file>')
    .description('make codes, each for one redemption; they are written into the file, and are shown nowhere else')
    .example('SPRING codes.txt --count 500')
    .requiredOption('--count <number>')
    .action(async (code: string, file: string, { count }: { count: string }) =>
      run(async (client) => {
        // The file is made before the codes, so that they are not lost for want of a place.
        await writeFile(file, '', { flag: 'wx', mode: 0o600 })
        const { codes } = await client.post<{ codes: string[] }>(`/v1/coupons/${encodeURIComponent(code)}/codes`, {
          count: toWhole('--count', count),
        })
        await writeFile(file, `${codes.join('\n')}\n`)
        return file
      }),
    )
  coupon
    .command('apply <code>')
    .description('to a customer, an account or a subscription')
    .example('SPRING --account 1001 --key apply-1')
    .requiredOption('--key <key>')
    .option('--customer <reference>')
    .option('--account <reference>')
    .option('--subscription <reference>')
    .option('--from <date>', 'what falls due from this day on')
    .action(async (code: string, options: Json) =>
      run((client) => client.post('/v1/coupon-redemptions', { code, ...options })),
    )
  coupon
    .command('remove <redemption>')
    .description('take a discount away')
    .example('apply-1 --from 2026-03-01')
    .option('--from <date>', 'what falls due from this day on is not discounted; tomorrow unless set')
    .option('--entirely', 'as if it had never been')
    .action(async (redemption: string, options: Json) =>
      run((client) => client.post(`/v1/coupon-redemptions/${encodeURIComponent(redemption)}/removal`, options)),
    )
  addFilters(
    coupon
      .command('redemptions')
      .description('who has which discount, what it gave and what is left; the newest first')
      .example('--account 1001'),
    [
      ['--account <reference>', 'of this account, and of its customer'],
      ['--coupon <code>', 'of this coupon'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(
        client,
        '/v1/coupon-redemptions',
        options,
        ({ key, code, accountId, from, until, given, left, billsLeft }) => ({
          ...{ key, code, accountId, from, until, given, left, billsLeft },
        }),
      ),
    ),
  )
}
