import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readXml } from '../src/adapters/xml/read-xml.ts'
import { type ReadDocument, readEInvoice } from '../src/core/einvoice/read-einvoice.ts'

/** The examples of the validation artefacts of EN 16931, and the test suite of XRechnung. */
const FOLDERS = ['en16931-validation/ubl', 'en16931-validation/cii', 'xrechnung-testsuite'].map((name) =>
  join(import.meta.dirname, '../../shared/data', name),
)
const isThere = FOLDERS.every((folder) => existsSync(folder))

export const skipWithoutExamples = isThere ? false : 'needs ../shared/data'

export const EXAMPLES: readonly string[] = !isThere
  ? []
  : FOLDERS.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.xml$/i.test(name))
        .map((name) => join(folder, name)),
    )

export function readDocument(bytes: Uint8Array): ReadDocument {
  const document = readEInvoice(readXml(bytes))
  assert.ok(document !== null)
  return document
}
