import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { csvRows } from '../core/mediation/csv.ts'
import { changes, KINDS, type Kind, schemas } from '../modules/customers/schemas.ts'
import type { Cli } from './cli.ts'
import type { Client, Json } from './client.ts'
import { addSubscriptionCommands } from './commands-subscriptions.ts'
import { Progress } from './output.ts'

const ROWS_PER_REQUEST = 1_000
const NUMBERS = new Set(['cycleCount', 'termsDays', 'planVersion', 'quantity', 'trialDays', 'termCount'])
/** Fields whose options are written as JSON. */
const JSON_FIELDS = new Set(['renews', 'overrides'])

function toFlag(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** Options of a command from the fields of its schema: one list of fields for API and CLI. */
function addFields(command: ReturnType<Cli['program']['command']>, shape: Record<string, z.ZodType>): void {
  for (const [name, schema] of Object.entries(shape))
    command.option(`--${toFlag(name)} <value>`, schema.description ?? '')
}

function toBody(options: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      value === 'null' ? null : JSON_FIELDS.has(name) ? JSON.parse(value) : NUMBERS.has(name) ? Number(value) : value,
    ]),
  )
}

export function addCustomerCommands({ program, run }: Cli): void {
  for (const kind of KINDS) addKind({ program, run }, kind)
  program.commands
    .find((command) => command.name() === 'customer')
    ?.command('import <file>')
    .description('create many from CSV: columns such as customer.key, account.zone, subscription.plan')
    .action(async (file: string) => run(async (client) => importCustomers(client, await readFile(file, 'utf8'))))
}

function addKind({ program, run }: Pick<Cli, 'program' | 'run'>, kind: Kind): void {
  const group = program.command(kind).description(`create, list, show and change: ${kind}`)
  const create = group.command('create').description(`create: ${kind}`)
  addFields(create, schemas[kind].shape)
  create.action(async (options: Record<string, string>) =>
    run((client) => client.post(`/v1/${kind}s`, toBody(options))),
  )
  group
    .command('list')
    .description(`list: ${kind}`)
    .action(async () => run((client) => client.list(`/v1/${kind}s`)))
  group
    .command('show <reference>')
    .description('by id or key')
    .action(async (reference: string) => run((client) => client.get(`/v1/${kind}s/${encodeURIComponent(reference)}`)))
  if (kind === 'subscription') {
    addSubscriptionCommands({ run }, group)
    return
  }
  const change = group.command('change <reference>').description(`change: ${kind}; "null" clears a field`)
  addFields(change, changes[kind].shape)
  change.action(async (reference: string, options: Record<string, string>) =>
    run((client) => client.post(`/v1/${kind}s/${encodeURIComponent(reference)}`, toBody(options), 'PATCH')),
  )
}

export interface CustomerImport {
  rows: number
  created: Record<Kind, number>
  existing: number
  errors: { row: number; message: string }[]
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
