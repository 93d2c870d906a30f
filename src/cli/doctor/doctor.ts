import { type Config, readConfig } from '../../platform/config.ts'
import { StartMistake } from '../../platform/start-mistake.ts'
import { formatTable } from '../output.ts'
import { examineDataDirectory } from './data-directory.ts'
import { examineDatabase } from './database.ts'
import { type Finding, ok, wrong } from './finding.ts'
import { examineInstallation } from './installation.ts'

const MARKS = { ok: '✓', note: '!', wrong: '✗' } as const

/** Looks at a whole installation and says what is wrong and what to do; it changes nothing and starts nothing. */
export async function runDoctor(env: NodeJS.ProcessEnv, asJson: boolean): Promise<void> {
  const { config, findings } = readVariables(env)
  for (const examine of [examineInstallation, examineDataDirectory, examineDatabase]) {
    try {
      findings.push(...(await examine(config)))
    } catch (error) {
      findings.push(
        wrong('doctor', error instanceof Error ? error.message : String(error), 'mend this, then ask again'),
      )
    }
  }
  const healthy = findings.every(({ state }) => state !== 'wrong')
  if (asJson) console.log(JSON.stringify({ healthy, findings }, null, 2))
  else {
    const rows = findings.map(({ check, state, detail, advice = '' }) => ({
      '': MARKS[state],
      check,
      'what is there': detail,
      'what to do': advice,
    }))
    console.log(formatTable(rows))
    const count = findings.filter(({ state }) => state === 'wrong').length
    console.log(healthy ? '\nNothing is wrong.' : `\n${count === 1 ? 'One thing is' : `${count} things are`} wrong.`)
  }
  process.exitCode = healthy ? 0 : 1
}

/** The variables that are wrong count as if they were not set, so that the rest can be looked at. */
function readVariables(env: NodeJS.ProcessEnv): { config: Config; findings: Finding[] } {
  try {
    return { config: readConfig(env), findings: [ok('variables', 'can be read')] }
  } catch (error) {
    if (!(error instanceof StartMistake)) throw error
    const findings = error.message.split(/\n */).map((line) => {
      const [what = '', advice = ''] = line.split(/: (?=[^:]+$)/)
      return wrong('variables', what, advice)
    })
    const named = new Set(error.message.match(/\b(KVIT_[A-Z_]+|DATABASE_URL)\b/g))
    const rest = Object.entries(env).filter(([name]) => !named.has(name))
    return { config: readConfig(Object.fromEntries(rest)), findings }
  }
}
