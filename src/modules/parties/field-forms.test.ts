import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { formOf } from '../../platform/http/field-form.ts'
import { schemas } from './schemas.ts'

test('a field is written as its schema has it', () => {
  const forms = [
    [z.string().nullable().default(null), 'text'],
    [z.enum(['a', 'b']), 'text'],
    [z.int().optional(), 'whole'],
    [z.boolean().default(false), 'boolean'],
    [z.array(z.string()).default([]), 'texts'],
    [z.array(z.strictObject({ a: z.string() })), 'json'],
    [z.strictObject({ a: z.string() }).nullable(), 'json'],
    [z.record(z.string(), z.string()), 'json'],
  ] as const
  for (const [schema, form] of forms) assert.equal(formOf(schema), form)
})

test('what issuers and customers are asked for: parts as JSON, lists of texts, texts', () => {
  const named = (form: string): string[] =>
    [schemas.issuer, schemas.customer].flatMap(({ shape }) =>
      Object.entries(shape)
        .filter(([, schema]) => formOf(schema as z.ZodType) === form)
        .map(([name]) => name),
    )
  assert.deepEqual(named('texts'), ['taxIds'])
  const parts = [
    'bankAccounts',
    'postalAddress',
    'registrations',
    'oneStopShop',
    'belowThreshold',
    'withholding',
    'contact',
    'electronicAddress',
    'metadata',
  ]
  const ofCustomer = ['postalAddress', 'certificates', 'evidence', 'electronicAddress', 'einvoice', 'metadata']
  assert.deepEqual(named('json').toSorted(), [...parts, ...ofCustomer].toSorted())
})
