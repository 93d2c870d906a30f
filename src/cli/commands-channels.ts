import type { Cli } from './cli.ts'

/** Ways to people: `kvit channel …`. */
export function addChannelCommands({ program, run }: Cli): void {
  const channel = program.command('channel').description('channels that people are told by, such as short messages')
  channel
    .command('test <channel>')
    .description('send one message by a channel that is set up, and see what comes of it')
    .example('smpp --to +380441234567 --text "Kvit says hello"')
    .requiredOption('--to <address>', 'an address of e-mail, a number, or what else the channel sends to')
    .option('--text <text>', 'what it says', 'This is a test of Kvit.')
    .action(async (name: string, { to, text }: { to: string; text: string }) =>
      run((client) => client.post(`/v1/notification-channels/${encodeURIComponent(name)}/test`, { to, text })),
    )
}
