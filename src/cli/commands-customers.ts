import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { csvRows } from '../core/mediation/csv.ts'
import type { ThingKind } from '../modules/parties/index.ts'
import { formOf, listedTexts } from '../platform/http/field-form.ts'
import type { Cli } from './cli.ts'
import type { Client, Json, Query } from './client.ts'
import type { CliCommand } from './command.ts'
import { addSubscriptionCommands } from './commands-subscriptions.ts'
import { KINDS, type Kind, LISTS } from './customer-lists.ts'
import { addFilters, listFiltered } from './list-options.ts'
import { addAnnotate, addMetadata, type Entries, metadataChange } from './metadata-option.ts'
import { toFlag, toJson, toWhole } from './option-values.ts'
import { formatTable, Progress, Worded } from './output.ts'

const ROWS_PER_REQUEST = 1_000
/** As of a delivery of usage of which some records could not be charged. */
const SOME_ROWS_FAILED = 2
/** What a group of commands is about. */
const GROUPS: Readonly<Record<Kind, string>> = {
  issuer: 'who issues documents: its name, address and series of numbers',
  customer: 'who is billed',
  account: 'what a customer is billed by: currency, zone, billing period, terms',
  service: 'what usage names, such as a telephone number or a meter',
  subscription: 'who has which plan, since when, with how many seats',
}
const REFERENCES = new Set(['customer', 'issuer', 'account', 'service', 'parent', 'sponsor', 'billedTo'])
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  key: 'key',
  plan: 'code',
  currency: 'currency',
  zone: 'zone',
  cycleAnchor: 'date',
  zoneFrom: 'date',
  billedToFrom: 'date',
  creditLimit: 'decimal',
}
const EXAMPLES: Readonly<Record<Kind, { readonly create: string; readonly change: string }>> = {
  issuer: {
    create: '--key london --name "London Power Ltd" --address "1 Example Street, London"',
    change: 'london --address "2 Example Street, London"',
  },
  customer: { create: '--key olha --name Olha --language uk', change: 'olha --email olha@example.org' },
  account: {
    create: '--key 1001 --customer olha --issuer london --currency EUR --zone Europe/Kyiv --cycle-anchor 2026-01-01',
    change: '1001 --credit-limit 50.00',
  },
  service: {
    create: '--key 380501112233 --account 1001 --valid-from 2026-01-01T00:00:00+02:00',
    change: '380501112233 --valid-until 2026-06-01T00:00:00+03:00',
  },
  subscription: {
    create: '--key olha-basic --account 1001 --plan basic --starts-at 2026-01-01T00:00:00+02:00',
    change: '',
  },
}

type Shape = Readonly<Record<string, z.ZodType>>

/** Options of a command from the fields of its schema: one list of fields for API and CLI. */
function addFields(command: CliCommand, shape: Shape): void {
  for (const [name, schema] of Object.entries(shape)) {
    const [flags, description] = [`${toFlag(name)} <${placeholderOf(name, schema)}>`, describeField(schema)]
    if (name === 'metadata') addMetadata(command, schema.description ?? '')
    else if (schema.safeParse(undefined).success) command.option(flags, description)
    else command.requiredOption(flags, description)
  }
}

/** What stands for a value in the help, so that it says how it is written. */
function placeholderOf(name: string, schema: z.ZodType): string {
  const form = formOf(schema)
  if (form === 'json') return 'json'
  if (form === 'texts') return 'texts'
  if (form === 'whole') return 'number'
  if (form === 'boolean') return 'boolean'
  if (REFERENCES.has(name)) return 'reference'
  if (/(At|validFrom|validUntil)$/.test(name)) return 'time'
  return PLACEHOLDERS[name] ?? 'text'
}

/** What a field is, which values or parts it may have, and what holds without it, as its schema says. */
function describeField(schema: z.ZodType): string {
  const whole = schema.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as FieldSchema
  const { description, default: fallback } = whole
  const { enum: values, ...plain } = whole.anyOf?.find(({ type }) => type !== 'null') ?? whole
  return [
    description,
    values === undefined ? undefined : `one of ${values.join(', ')}`,
    partsOf(plain),
    fallback === undefined || fallback === null ? undefined : `default ${JSON.stringify(fallback).replaceAll('"', '')}`,
  ]
    .filter((part) => part !== undefined)
    .join('; ')
}

interface FieldSchema {
  readonly description?: string
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  /** Of a field that may be null: what it is otherwise, and null. */
  readonly anyOf?: readonly FieldSchema[]
  readonly items?: FieldSchema
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
}

/** `a list of {country, number, from, region?}` of registrations: what is written in JSON. What ends with `?` may be left out. */
function partsOf({ items, properties, required = [] }: FieldSchema): string | undefined {
  const parts = items?.properties ?? properties
  if (parts === undefined) return undefined
  const needed = items?.required ?? required
  const names = Object.keys(parts).map((name) => (needed.includes(name) ? name : `${name}?`))
  return `${items === undefined ? '' : 'a list of '}{${names.join(', ')}}`
}

function toBody(options: Readonly<Record<string, string>>, shape: Shape): Json {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, toValue(name, value, shape[name])]))
}

function toValue(name: string, value: string, schema: z.ZodType | undefined): unknown {
  if (value === 'null' || schema === undefined || typeof value !== 'string') return value === 'null' ? null : value
  switch (formOf(schema)) {
    case 'json':
    case 'boolean':
      return toJson(toFlag(name), value)
    case 'texts':
      return listedTexts(value) ?? toJson(toFlag(name), value)
    case 'whole':
      return toWhole(toFlag(name), value)
    case 'text':
      return value
  }
}

export async function addCustomerCommands(cli: Cli): Promise<void> {
  const { program, run } = cli
  for (const kind of KINDS) if (cli.isWanted(kind)) await addKind(cli, kind)
  if (!cli.isWanted('customer')) return
  program
    .group('customer')
    .command('import <file>')
    .description(
      'create many from CSV: columns such as customer.key, account.zone, subscription.plan (docs/customer-files.md). Ends with 2 where rows had mistakes',
    )
    .example('examples/london-electricity/customers.csv')
    .action(async (file: string) =>
      run(async (client) => {
        const report = await importCustomers(client, await readFile(file, 'utf8'))
        if (report.errors.length > 0) process.exitCode = SOME_ROWS_FAILED
        return new Worded(report, () => inWords(report))
      }),
    )
}

async function fieldsOf(kind: Kind): Promise<Pick<ThingKind, 'schema' | 'changes'>> {
  if (kind === 'subscription') {
    const { subscriptionSchema, subscriptionChanges } = await import('../modules/subscriptions/schemas.ts')
    return { schema: subscriptionSchema, changes: subscriptionChanges }
  }
  const { schemas, changes } = await import('../modules/parties/schemas.ts')
  return { schema: schemas[kind], changes: changes[kind] }
}

async function addKind({ program, run, isWanted }: Cli, kind: Kind): Promise<void> {
  const group = program.command(kind).description(GROUPS[kind])
  const create = group.command('create').description(`create: ${kind}`).example(EXAMPLES[kind].create)
  // The schemas are the server's, and take longer to load than most commands take: only who needs the fields waits for it.
  const needsFields = isWanted(kind, 'create') || isWanted(kind, 'change')
  const fields = needsFields ? await fieldsOf(kind) : null
  addFields(create, fields?.schema.shape ?? {})
  create.action(async (options: Record<string, string>) =>
    run((client) => client.post(`/v1/${kind}s`, toBody(options, fields?.schema.shape ?? {}))),
  )
  addFilters(
    group.command('list').description(`list, the newest first: ${kind}`).example(LISTS[kind].example),
    LISTS[kind].filters,
  ).action(async (options: Query) =>
    run((client) => listFiltered(client, `/v1/${kind}s`, options, LISTS[kind].columns)),
  )
  group
    .command('show <reference>')
    .description('by id or key')
    .example(/(?<=--key )\S+/.exec(EXAMPLES[kind].create)?.[0] ?? '')
    .action(async (reference: string) => run((client) => client.get(`/v1/${kind}s/${encodeURIComponent(reference)}`)))
  if (kind === 'subscription') {
    addSubscriptionCommands({ run }, group)
    addAnnotate({ run }, group, { path: '/v1/subscriptions', argument: 'reference', example: 'olha-basic' })
    return
  }
  const change = group
    .command('change <reference>')
    .description(`change: ${kind}; "null" clears a field, and "--metadata key=" an entry`)
    .example(EXAMPLES[kind].change)
  addFields(change, fields?.changes.shape ?? {})
  change.action(async (reference: string, options: Record<string, string> & { metadata?: Entries }) =>
    run((client) => {
      const { metadata, ...changed } = options
      const notes = metadata === undefined ? {} : { metadata: metadataChange(metadata) }
      return client.post(
        `/v1/${kind}s/${encodeURIComponent(reference)}`,
        { ...toBody(changed, fields?.changes.shape ?? {}), ...notes },
        'PATCH',
      )
    }),
  )
}

export interface CustomerImport {
  rows: number
  created: Record<Kind, number>
  existing: number
  errors: { row: number; message: string }[]
}

function inWords({ rows, created, existing, errors }: CustomerImport): string {
  const made = KINDS.map((kind) => `${kind}s ${created[kind]}`).join(', ')
  const sum = `rows ${rows}; created: ${made}; there before: ${existing}`
  if (errors.length === 0) return sum
  const what = `${errors.length} of ${rows} rows made nothing; correct them, and give the same command again:`
  return `${sum}\n${what}\n\n${formatTable(errors)}`
}

/** Sends a CSV text in parts, each with the header; row numbers in the report are those of the whole file. */
export async function importCustomers(client: Client, text: string): Promise<CustomerImport> {
  const [header, ...rows] = [...csvRows(text, ',')].map(({ raw }) => raw)
  const total: CustomerImport = {
    rows: 0,
    created: { issuer: 0, customer: 0, account: 0, service: 0, subscription: 0 },
    existing: 0,
    errors: [],
  }
  const progress = new Progress('customers', rows.length)
  for (let at = 0; at < rows.length; at += ROWS_PER_REQUEST) {
    const csv = [header, ...rows.slice(at, at + ROWS_PER_REQUEST)].join('\n')
    const part = await client.post<CustomerImport>('/v1/customer-imports', { csv })
    total.rows += part.rows
    total.existing += part.existing
    for (const kind of KINDS) total.created[kind] += part.created[kind]
    total.errors.push(...part.errors.map(({ row, message }) => ({ row: row + at, message })))
    progress.update(at + part.rows)
  }
  progress.end()
  return total
}
