import { chmod, open, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Config } from '../config.ts'
import { codeOf, StartMistake } from '../start-mistake.ts'
import { KEY_BYTES, keyOf, newKey, type SecretKey } from './key-ring.ts'

/** The file of keys in the data directory. */
export const KEY_FILE = 'secrets.key'
const KEY = /^[A-Za-z0-9+/]{43}=$/

/** Where the keys of an installation come from. */
export interface KeySource {
  /** For people: a variable, or a file. */
  readonly name: string
  /** The file that Kvit makes and changes itself; null where the operator keeps the keys. */
  readonly ownFile: string | null
  /** The key for new secrets first. */
  readonly keys: readonly SecretKey[]
}

/** Keys as an operator writes them: 32 bytes in base64 each, with commas or line ends between, the one for new secrets first. */
export function parseKeys(text: string): readonly SecretKey[] | null {
  const words = text.split(/[\s,]+/).filter((word) => word !== '')
  if (words.length === 0 || !words.every((word) => KEY.test(word))) return null
  const keys = words.map((word) => keyOf(Buffer.from(word, 'base64')))
  const areWhole = keys.every(({ bytes }) => bytes.length === KEY_BYTES)
  return areWhole && new Set(keys.map(({ id }) => id)).size === keys.length ? keys : null
}

/** Reads the keys; there are none where Kvit has not made its file yet. */
export async function readKeySource(
  config: Pick<Config, 'secretsKey' | 'secretsKeyFile' | 'dataDir'>,
): Promise<KeySource> {
  const { secretsKey, secretsKeyFile, dataDir } = config
  if (secretsKey !== null)
    return { name: 'KVIT_SECRETS_KEY', ownFile: null, keys: understood('KVIT_SECRETS_KEY', secretsKey) }
  if (secretsKeyFile !== null)
    return { name: secretsKeyFile, ownFile: null, keys: understood(secretsKeyFile, await readOr(secretsKeyFile, null)) }
  const ownFile = join(dataDir, KEY_FILE)
  return { name: ownFile, ownFile, keys: await readOwnKeys(ownFile) }
}

export async function readOwnKeys(ownFile: string): Promise<readonly SecretKey[]> {
  const text = await readOr(ownFile, '')
  if (text === '') return []
  await chmod(ownFile, 0o600).catch(() => undefined)
  return understood(ownFile, text)
}

/** @param absent the value for a file that is not there; null does not take that */
async function readOr(file: string, absent: string | null): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (absent !== null && codeOf(error) === 'ENOENT') return absent
    throw new StartMistake(`${file} cannot be read (${codeOf(error)}): it is to have the keys of secrets`)
  }
}

function understood(name: string, text: string): readonly SecretKey[] {
  const keys = parseKeys(text)
  if (keys !== null) return keys
  throw new StartMistake(
    `${name} has no keys of secrets: each is 32 bytes in base64, as "openssl rand -base64 32" makes them, and stands there once`,
  )
}

/** Makes the first key of an installation. */
export async function makeKeyFile(file: string): Promise<readonly SecretKey[]> {
  const keys = [newKey()]
  await writeKeys(file, keys)
  return keys
}

/** Whole or not at all, and on the disk afterwards: what is encrypted with a key is lost without it. */
export async function writeKeys(file: string, keys: readonly SecretKey[]): Promise<void> {
  const draft = `${file}.${process.pid}`
  const text = keys.map(({ bytes }) => `${bytes.toString('base64')}\n`).join('')
  await writeFile(draft, text, { mode: 0o600, flush: true })
  await rename(draft, file)
  const folder = await open(dirname(file), 'r').catch(() => null)
  // Windows does not sync folders.
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}
