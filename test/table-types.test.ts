import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { connect } from '../src/platform/db.ts'
import { migrate, PLATFORM_SCHEMA } from '../src/platform/migrations.ts'
import { TABLES_FILE, tableTypes, writeTableTypes } from '../tools/table-types.ts'
import { createDatabase } from './harness.ts'

test('the types of tables are those of the migrations', async () => {
  const db = connect(await createDatabase())
  try {
    await migrate(db, PLATFORM_SCHEMA, 'platform')
    await migrate(db, 't_types', 'tenant')
    const text = await tableTypes(db, PLATFORM_SCHEMA, 't_types')
    if (process.env['KVIT_WRITE_TABLES'] !== undefined) await writeTableTypes(text)
    const words = 'write src/platform/tables.ts anew: KVIT_WRITE_TABLES=1 ./kvit test test/table-types.test.ts'
    assert.equal(await readFile(TABLES_FILE, 'utf8'), text, words)
  } finally {
    await db.destroy()
  }
})
