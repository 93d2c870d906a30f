import { readConfig } from '../platform/config.ts'
import { type CheckReport, checkWithHead } from './check-head.ts'
import type { Cli } from './cli.ts'
import { Client } from './client.ts'

/** Backups read the database and the data directory themselves, whether a server is at work or not. */
export function addBackupCommands({ program, runAlone, isJson }: Cli): void {
  const say = (text: string): void => {
    if (!isJson()) console.error(`kvit: ${text}`)
  }
  program
    .command('backup <folder>')
    .description('back up database, archive and keys into a new folder, while the server works')
    .option('--tables', 'rows instead of the files of the bundled Postgres: for moving to another Postgres')
    .example('/backups/2026-01-31')
    .action(async (folder: string, { tables }: { tables?: boolean }) =>
      runAlone(async () => {
        const { backUp } = await import('./backup/backup.ts')
        return backUp(readConfig(process.env), folder, tables === true)
      }),
    )
  program
    .command('restore <folder>')
    .description('restore a backup into an empty data directory (KVIT_DATA), and rows into an empty database')
    .option('--check', 'recompute all invariants of every tenant afterwards')
    .example('/backups/2026-01-31 --check')
    .action(async (folder: string, { check }: { check?: boolean }) =>
      runAlone(async () => {
        const config = readConfig(process.env)
        const { restore } = await import('./backup/restore.ts')
        const report = await restore(config, folder, say)
        if (check !== true) return report
        // Not the server that the environment names, but one on what was restored.
        delete process.env['KVIT_URL']
        const broken: string[] = []
        for (const tenant of report.tenants) {
          say(`check of ${tenant}`)
          const { results } = await checkOf(new Client(config, tenant))
          for (const { invariant, holds, detail } of results)
            if (!holds) broken.push(`${tenant}: ${invariant}: ${detail}`)
        }
        if (broken.length > 0) process.exitCode = 1
        return { ...report, check: broken.length === 0 ? 'holds' : broken }
      }),
    )
}

async function checkOf(client: Client): Promise<CheckReport> {
  try {
    return await checkWithHead(client, undefined)
  } finally {
    await client.close()
  }
}
