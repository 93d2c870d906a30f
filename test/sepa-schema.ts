import { execFile } from 'node:child_process'
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Python's package with the XSD files of ISO 20022, which Kvit does not ship. */
const PACKAGE = 'sepaxml==2.7.0'
const PROGRAM = `
import os, sys, sepaxml, xmlschema
folder = os.path.join(os.path.dirname(sepaxml.__file__), "schemas")
for schema, file in zip(sys.argv[1::2], sys.argv[2::2]):
    for error in xmlschema.XMLSchema(os.path.join(folder, schema + ".xsd")).iter_errors(file):
        print(f"{schema} {error.path}: {error.reason}")
`

/** Where pip keeps the package; null where Python, pip or the network is missing. */
async function packageFolder(): Promise<string | null> {
  const folder = join(homedir(), '.cache', `kvit-${PACKAGE.replace('==', '-')}`)
  try {
    await access(join(folder, 'xmlschema')).catch(async () =>
      run('python3', ['-m', 'pip', 'install', '-q', '--target', folder, PACKAGE]),
    )
    return folder
  } catch {
    return null
  }
}

/** What of files breaks their XSD, by the message that each names, such as `pain.008.001.08`; null where there is nothing to check it by. */
export async function schemaFaults(files: readonly string[]): Promise<string[] | null> {
  const packages = await packageFolder()
  if (packages === null) return null
  const folder = await mkdtemp(join(tmpdir(), 'kvit-sepa-'))
  try {
    const asked: string[] = []
    for (const [nth, text] of files.entries()) {
      const schema = /xsd:(pain\.\d{3}\.\d{3}\.\d{2})"/.exec(text)?.[1] ?? 'none'
      const path = join(folder, `${nth}.xml`)
      await writeFile(path, text)
      asked.push(schema, path)
    }
    const env = { ...process.env, PYTHONPATH: packages }
    const { stdout } = await run('python3', ['-c', PROGRAM, ...asked], { env })
    return stdout.split('\n').filter((line) => line !== '')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
