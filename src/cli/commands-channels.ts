import { createECDH } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'

/** Ways to people: `kvit channel …`. */
export function addChannelCommands({ program, run, runAlone }: Cli): void {
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
  channel
    .command('vapid-key <file>')
    .description('make a key pair for Web Push: the private key goes into a new file, the public one is shown')
    .example('vapid.txt')
    .action(async (file: string) =>
      runAlone(async () => {
        const pair = createECDH('prime256v1')
        pair.generateKeys()
        const privateKey = Buffer.from(pair.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url')
        // A file that is there already may be a key that browsers have subscribed with.
        await writeFile(file, `${privateKey}\n`, { flag: 'wx', mode: 0o600 })
        return { publicKey: pair.getPublicKey('base64url'), privateKeyFile: file }
      }),
    )
}
