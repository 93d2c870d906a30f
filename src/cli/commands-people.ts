import type { Cli } from './cli.ts'
import { type Client, type Json, type Query, queryText } from './client.ts'
import { addFilters, listFiltered } from './list-options.ts'
import { Listing, Worded } from './output.ts'

/** Users and roles of a tenant, and the log of who did what. */
export function addPeopleCommands(cli: Cli): void {
  addUserCommands(cli)
  addRoleCommands(cli)
  addAuditCommands(cli)
}

const pathOf = (user: string): string => `/v1/users/${encodeURIComponent(user)}`

function addUserCommands({ program, run }: Cli): void {
  const user = program.command('user').description('people who sign in, and what they may do in the tenant')
  user
    .command('invite <email>')
    .description('a link by which somebody gets into the tenant; it is shown once, and is to be handed on')
    .example('olha@example.com --role finance')
    .requiredOption('--role <role...>', 'what the user may do: see "kvit role list"')
    .action(async (email: string, { role }: { role: string[] }) =>
      run(async (client) => linkWords(await client.post('/v1/users', { email, roles: role }))),
    )
  addFilters(
    user.command('list').description('users of the tenant, the newest first').example('--status active --role finance'),
    [
      ['--status <status>', 'active or disabled'],
      ['--role <role>', 'who have this role'],
    ],
    false,
  ).action(async (options: Query) => run((client) => listFiltered(client, '/v1/users', options, userColumns)))
  user
    .command('show <user>')
    .description('a user of the tenant')
    .example('olha@example.com')
    .action(async (reference: string) => run((client) => client.get(pathOf(reference))))
  user
    .command('roles <user> <role...>')
    .description('give a user other roles; keys of the user that may do more end')
    .example('olha@example.com finance product')
    .option('--keep-keys', 'keys of the user go on')
    .action(async (reference: string, roles: string[], { keepKeys = false }: { keepKeys?: boolean }) =>
      run((client) => client.post(pathOf(reference), { roles, keepKeys }, 'PATCH')),
    )
  user
    .command('disable <user>')
    .description('keep a user out of the tenant, and end the keys that the user has made in it')
    .example('olha@example.com')
    .option('--keep-keys', 'keys of the user go on')
    .action(async (reference: string, { keepKeys = false }: { keepKeys?: boolean }) =>
      run((client) => client.post(pathOf(reference), { disabled: true, keepKeys }, 'PATCH')),
    )
  user
    .command('enable <user>')
    .description('let a user in again who was kept out')
    .example('olha@example.com')
    .action(async (reference: string) => run((client) => client.post(pathOf(reference), { disabled: false }, 'PATCH')))
  user
    .command('remove <user>')
    .description('take a user out of the tenant; the account stays, since it may work in others')
    .example('olha@example.com')
    .option('--keep-keys', 'keys of the user go on')
    .action(async (reference: string, { keepKeys = false }: { keepKeys?: boolean }) =>
      run((client) => client.post(`${pathOf(reference)}?keepKeys=${keepKeys}`, undefined, 'DELETE')),
    )
  user
    .command('reset-password <user>')
    .description('a link by which a user sets a new password; it is shown once, and is to be handed on')
    .example('olha@example.com')
    .action(async (reference: string) =>
      run(async (client) => linkWords(await client.post(`${pathOf(reference)}/password-reset`, {}))),
    )
  user
    .command('reset-second-factor <user>')
    .description('let a user in by the password alone who has lost the authenticator and the recovery codes')
    .example('olha@example.com')
    .action(async (reference: string) =>
      run((client) => client.post(`${pathOf(reference)}/second-factor`, undefined, 'DELETE')),
    )
  user
    .command('invitations')
    .description('open invitations')
    .example('')
    .action(async () => run(async (client) => (await client.get<{ items: Json[] }>('/v1/invitations')).items))
  user
    .command('uninvite <id>')
    .description('take an invitation back')
    .example('0199c8a2-0000-7000-8000-000000000000')
    .action(async (id: string) => run((client) => client.post(`/v1/invitations/${id}`, undefined, 'DELETE')))
}

function addRoleCommands({ program, run }: Cli): void {
  const role = program.command('role').description('named sets of scopes')
  role
    .command('list')
    .description('roles that every tenant has, and those of this one')
    .example('')
    .action(async () =>
      run(async (client) => new Listing((await client.get<{ items: Json[] }>('/v1/roles')).items, roleColumns)),
    )
  role
    .command('create <name>')
    .description('make a role of the tenant’s own')
    .example('reception --scope customers:read invoices:read')
    .requiredOption('--scope <scope...>', 'what it allows')
    .option('--description <text>', 'what it is for', '')
    .action(async (name: string, { scope, description }: { scope: string[]; description: string }) =>
      run((client) => client.post('/v1/roles', { name, description, scopes: scope })),
    )
  role
    .command('change <name>')
    .description('change a role of the tenant’s own, for everybody who has it')
    .example('reception --scope customers:read')
    .option('--scope <scope...>', 'all that it allows from now on')
    .option('--description <text>', 'what it is for')
    .action(async (name: string, { scope, description }: { scope?: string[]; description?: string }) =>
      run((client) => {
        const scopes = scope === undefined ? {} : { scopes: scope }
        return client.post(
          `/v1/roles/${name}`,
          { ...scopes, ...(description === undefined ? {} : { description }) },
          'PATCH',
        )
      }),
    )
  role
    .command('remove <name>')
    .description('remove a role of the tenant’s own that nobody has')
    .example('reception')
    .action(async (name: string) => run((client) => client.post(`/v1/roles/${name}`, undefined, 'DELETE')))
}

interface AuditOptions {
  readonly limit?: string
  readonly oldestFirst?: boolean
  readonly [filter: string]: string | boolean | undefined
}

function addAuditCommands({ program, run }: Cli): void {
  const audit = program.command('audit').description('who did what, when and from where')
  audit
    .command('list')
    .description('entries of the log, the newest first')
    .example('--object 1001 --from 2026-02-01T00:00:00Z')
    .option('--actor <id>', 'of this key or user')
    .option('--person <id>', 'of all keys and users that are one person')
    .option('--route <route>', 'of requests such as "POST /v1/payments"')
    .option('--object <key>', 'about what has this key or id')
    .option('--outcome <outcome>', 'done, begun or refused')
    .option('--ip <address>', 'from this address')
    .option('--request <id>', 'of this request')
    .option('--from <time>', 'at this time or later')
    .option('--until <time>', 'before this time')
    .option('--limit <count>', 'at most so many; 100 unless set')
    .option('--oldest-first')
    .action(async (options: AuditOptions) => run((client) => listEntries(client, options)))
}

async function listEntries(client: Client, { limit = '100', oldestFirst, ...filters }: AuditOptions): Promise<Listing> {
  const most = Number(limit)
  if (!(Number.isInteger(most) && most > 0)) throw new Error(`--limit is a whole number from 1, not ${limit}`)
  const query = queryText({ ...filters, order: oldestFirst === true ? 'oldest' : 'newest' })
  return new Listing(await client.list(`/v1/audit-log${query}`, most), entryColumns)
}

function linkWords(answer: Json): Worded {
  const { email, link, expiresAt } = answer
  return new Worded(
    answer,
    () => `${String(link)}\nHand it to ${String(email)}; it opens once, until ${String(expiresAt)}.`,
  )
}

function userColumns({ email, name, roles, status, secondFactor, resetRequestedAt }: Json): Json {
  const asks = resetRequestedAt === null ? '' : 'asks for a new password'
  return { email, name, roles: (roles as string[]).join(' '), status, secondFactor, note: asks }
}

function roleColumns({ name, isBuiltIn, scopes, description }: Json): Json {
  return { name, own: isBuiltIn === true ? '' : 'own', scopes: (scopes as string[]).length, description }
}

function entryColumns({ at, actor, route, object, outcome, problem, ip }: Json): Json {
  const { name, kind, id } = actor as { name: string | null; kind: string; id: string | null }
  const told = outcome === 'done' ? '' : [outcome, problem].filter((word) => word !== null).join(' ')
  return { at, who: name ?? `${kind} ${id ?? ''}`.trim(), did: route, object: object ?? '', outcome: told, ip }
}
