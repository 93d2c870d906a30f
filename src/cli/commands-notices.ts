import { readFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'
import type { Client, Json, Query } from './client.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'

const listed = (text: string): string[] => text.split(',').map((part) => part.trim())
const orNull = (text: string): string | null => (text === 'none' ? null : text)
const part = (text: string): string => encodeURIComponent(text)

/** `amount=12.50` and others, as an object. */
function dataOf(pairs: readonly string[]): Json {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new Error(`${pair} is no value: write it as amount=12.50`)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}

const shown = ({ id, kind, customer, account, state, reason, createdAt }: Json): Json => ({
  ...{ kind, customer, account, state, reason, createdAt, id },
})
const message = ({ contact, channel, state, reason, address, subject, sentAt, id }: Json): Json => ({
  ...{ to: contact ?? 'customer', by: channel, state, reason, address, subject, sentAt, id },
})

/** `kvit notice …` and `kvit contact …`: what customers are told, whom, and what they want. */
export function addNoticeCommands(cli: Cli): void {
  addNotices(cli)
  addTemplates(cli)
  addPreferences(cli)
  addContacts(cli)
}

function addNotices({ program, run, isJson }: Cli): void {
  const notice = program.command('notice').description('what customers are told, and what became of it')
  notice
    .command('kinds')
    .description('what customers can be told of, and what causes it')
    .example('')
    .action(async () =>
      run(async (client) => {
        const { items } = await client.get<{ items: Json[] }>('/v1/notice-kinds')
        if (isJson()) return items
        return items.map(({ name, meaning, priority, isMandatory, events }) => ({
          ...{ name, meaning, priority, isMandatory, events: (events as string[]).join(', ') },
        }))
      }),
    )
  addFilters(
    notice.command('list').description('what customers were told of, or not, and why').example('--state suppressed'),
    [...OF_ACCOUNT, ['--kind <kind>', 'such as payment_reminder'], ['--state <state>', 'new, planned or suppressed']],
    false,
  ).action(async (options: Query) => run((client) => listFiltered(client, '/v1/notices', options, shown)))
  notice
    .command('show <notice>')
    .description('a notice with its messages, each attempt, and what the channel said')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
    .action(async (id: string) =>
      run(async (client) => {
        const found = await client.get<Json & { messages: Json[] }>(`/v1/notices/${part(id)}`)
        return isJson() ? found : found.messages.map(message)
      }),
    )
  notice
    .command('send <kind> [values...]')
    .description('have the people of a customer told')
    .example('news headline=Roaming "body=No fees in the Union." --account ann --key news-1')
    .requiredOption('--account <account>', 'the account that it is about')
    .requiredOption('--key <key>', 'the same again is the notice that there is')
    .option('--about <thing>', 'what it is about: the same soon again is a duplicate')
    .action(async (kind: string, values: string[], { account, key, about }: Record<string, string>) =>
      run((client) =>
        client.post('/v1/notices', {
          kind,
          account,
          key,
          data: dataOf(values),
          ...(about === undefined ? {} : { about }),
        }),
      ),
    )
  notice
    .command('test <kind> [values...]')
    .description('send one message to an address of yours, with samples for what is not given')
    .example('payment_reminder --account ann --to me@example.com')
    .requiredOption('--account <account>', 'whose names, language and brand it has')
    .requiredOption('--to <address>', 'an address of the channel')
    .option('--channel <channel>', 'email, sms, push, voice or messenger', 'email')
    .action(async (kind: string, values: string[], { account, to, channel }: Record<string, string>) =>
      run((client) => client.post('/v1/notice-trials', { kind, account, to, channel, data: dataOf(values) })),
    )
  notice
    .command('resend <notice>')
    .description('send those messages once more that have failed or are unknown')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
    .action(async (id: string) => run((client) => client.post(`/v1/notices/${part(id)}/resend`, {})))
}

function addTemplates({ program, run }: Cli): void {
  const notice = program.group('notice')
  notice
    .command('preview <kind> [values...]')
    .description('what a message would say to a customer, with samples for what is not given')
    .example('payment_reminder --account ann --channel sms')
    .requiredOption('--account <account>', 'whose names, language and brand it has')
    .option('--channel <channel>', 'email, sms, push, voice, messenger or inbox', 'email')
    .action(async (kind: string, values: string[], { account, channel }: Record<string, string>) =>
      run((client) => client.post('/v1/notice-previews', { kind, account, channel, data: dataOf(values) })),
    )
  notice
    .command('inbox <customer>')
    .description('what stands in the inbox of a customer')
    .example('ann')
    .action(async (customer: string) => run((client) => client.list(`/v1/customers/${part(customer)}/inbox`)))
  notice
    .command('read <message>')
    .description('note that somebody has read a message')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
    .action(async (id: string) => run((client) => client.post(`/v1/notice-messages/${part(id)}/read`, {})))
  const template = notice.command('template').description('what you say in place of the words that Kvit ships')
  addFilters(
    template.command('list').description('your texts, in all versions').example('--kind payment_reminder'),
    [
      ['--kind <kind>', 'such as payment_reminder'],
      ['--language <code>', 'such as uk'],
      ['--state <state>', 'draft, approved or rejected'],
    ],
    false,
  ).action(async (options: Query) => run((client) => listFiltered(client, '/v1/notice-templates', options, headOf)))
  template
    .command('draft <kind> <file>')
    .description('draft a version from a file of text; it is tried out with samples')
    .example('payment_reminder reminder.liquid --language pl --subject "Przypomnienie {{ number }}"')
    .requiredOption('--language <code>', 'such as uk')
    .option('--channel <channel>', 'one channel, or * for all', '*')
    .option('--brand <brand>', 'for accounts of one brand')
    .option('--subject <text>', 'of channels that have one')
    .option('--html <file>', 'of e-mail, besides the text')
    .action(async (kind: string, file: string, { html, ...others }: Record<string, string>) =>
      run(async (client) => {
        const text = await readFile(file, 'utf8')
        const page = html === undefined ? {} : { html: await readFile(html, 'utf8') }
        return headOf(await client.post<Json>('/v1/notice-templates', { kind, text, ...page, ...others }))
      }),
    )
  for (const [decision, description] of [
    ['approve', 'messages are written by it from now on'],
    ['reject', 'it is not used'],
  ] as const)
    template
      .command(`${decision} <template>`)
      .description(description)
      .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
      .action(async (id: string) =>
        run(async (client) => headOf(await client.post<Json>(`/v1/notice-templates/${part(id)}/${decision}`, {}))),
      )
}

const headOf = ({ id, kind, channel, language, brand, version, state, subject }: Json): Json => ({
  ...{ kind, channel, language, brand, version, state, subject, id },
})

function addPreferences({ program, run }: Cli): void {
  program
    .group('notice')
    .command('preference <customer>')
    .description('what somebody wants to be told of; with options, set it')
    .example('ann --kind low_balance --channel sms --wanted no')
    .option('--contact <contact>', 'the id of a contact; the customer itself unless set')
    .option('--kind <kind>', 'a kind, or * for all', '*')
    .option('--channel <channel>', 'a channel, or * for all', '*')
    .option('--wanted <answer>', 'yes, no, or default for what is shipped')
    .action(async (customer: string, { contact, kind, channel, wanted }: Record<string, string | undefined>) =>
      run(async (client: Client) => {
        const query = contact === undefined ? '' : `?contact=${part(contact)}`
        const path = `/v1/customers/${part(customer)}/notice-preferences${query}`
        if (wanted === undefined) return client.get(path)
        const answers: Readonly<Record<string, boolean | null>> = { yes: true, no: false, default: null }
        if (!Object.hasOwn(answers, wanted)) throw new Error('--wanted: yes, no or default')
        return client.post(path, { kind, channel, isWanted: answers[wanted] })
      }),
    )
}

const FIELDS = [
  ['--name <name>', 'of the person'],
  ['--email <address>', 'or none'],
  ['--phone <number>', 'such as +380501234567, or none'],
  ['--roles <roles>', 'payer, technical, owner'],
  ['--language <code>', 'or none for that of the customer'],
  ['--zone <zone>', 'such as Europe/Kyiv, or none for that of the account'],
  ['--quiet <times>', 'own quiet hours such as 22:00-07:00, or none'],
] as const

function fieldsOf({ name, roles, quiet, ...others }: Record<string, string>): Json {
  const [quietFrom = null, quietUntil = null] = quiet === undefined || quiet === 'none' ? [] : quiet.split('-')
  return {
    ...(name === undefined ? {} : { name }),
    ...(roles === undefined ? {} : { roles: listed(roles) }),
    ...(quiet === undefined ? {} : { quietFrom, quietUntil }),
    ...Object.fromEntries(
      Object.entries(others)
        .filter(([field]) => ['email', 'phone', 'language', 'zone'].includes(field))
        .map(([field, value]) => [field, orNull(value)]),
    ),
  }
}

function addContacts({ program, run }: Cli): void {
  const contact = program.command('contact').description('people of customers who are told something')
  contact
    .command('list <customer>')
    .description('whom something is said to at a customer')
    .example('ann')
    .action(async (customer: string) =>
      run(async (client) => (await client.get<{ items: Json[] }>(`/v1/customers/${part(customer)}/contacts`)).items),
    )
  const add = contact
    .command('add <customer> <key>')
    .description('name somebody at a customer')
    .example('ann accountant --name "Eva Pay" --email eva@example.com --roles payer')
  const change = contact
    .command('change <contact>')
    .description('change somebody at a customer')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11 --phone +380501234567')
  for (const [flag, words] of FIELDS) for (const command of [add, change]) command.option(flag, words)
  add.action(async (customer: string, key: string, options: Record<string, string>) =>
    run((client) => client.post(`/v1/customers/${part(customer)}/contacts`, { key, ...fieldsOf(options) })),
  )
  change.action(async (id: string, options: Record<string, string>) =>
    run((client) => client.post(`/v1/contacts/${part(id)}`, fieldsOf(options), 'PATCH')),
  )
  contact
    .command('remove <contact>')
    .description('tell somebody nothing any more')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
    .action(async (id: string) => run((client) => client.post(`/v1/contacts/${part(id)}`, undefined, 'DELETE')))
}
