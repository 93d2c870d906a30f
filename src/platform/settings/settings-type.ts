import { z } from 'zod'
import type { Database } from '../db.ts'
import type { Scope } from '../http/route.ts'

/** A secret among settings: it is written and never read back. */
interface SecretField {
  readonly meaning: string
  /** What it looks like, for people: it is all that a refusal says, since it must not repeat what was sent. */
  readonly form: string
  readonly pattern: RegExp
}

/** Settings that a tenant has of a module, such as how it is reached by a provider. */
export interface SettingsType<Values extends z.ZodObject = z.ZodObject, Field extends string = string> {
  /** `payment-notices`: it is part of the address, `/v1/settings/payment-notices`. */
  readonly name: string
  /** A sentence for those who read of it. */
  readonly meaning: string
  readonly values: Values
  readonly secrets: Readonly<Record<Field, SecretField>>
  /** What becomes true in the transaction that sets them, or removes them. @param values null where they are removed */
  onSet?(db: Database, values: z.output<Values> | null, nowMs: number): Promise<void>
  /** Scopes that whoever sets them needs besides `settings:write`: what the settings let others do. */
  readonly needs: readonly Scope[]
}

const NAME = /^[a-z]+(-[a-z]+)*$/

export function settingsType<Values extends z.ZodObject, Field extends string>(
  type: SettingsType<Values, Field>,
): SettingsType<Values, Field> {
  if (!NAME.test(type.name)) throw new Error(`${type.name} is no name of settings: write it as payment-notices`)
  return type
}

/** What a caller sends: values as a whole, and those secrets that change. */
export function settingsDraft({ values, secrets }: SettingsType): z.ZodType<SettingsDraft> {
  const fields = Object.entries(secrets).map(([field, { meaning, form, pattern }]) => [
    field,
    z
      .string({ error: form })
      .regex(pattern, form)
      .meta({ format: 'password', writeOnly: true })
      .nullable()
      .optional()
      .describe(`${meaning}: ${form}. Stays as it is unless sent; null removes it`),
  ])
  return z.strictObject({
    values: z.strictObject(values.shape),
    secrets: z.strictObject(Object.fromEntries(fields)).default({}),
  }) as never
}

export interface SettingsDraft {
  readonly values: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string | null | undefined>>
}

/** What is answered: of secrets only whether and when they were set. */
export function settingsAnswer({ name, values, secrets }: SettingsType): z.ZodType {
  const fields = Object.keys(secrets).map((field) => [
    field,
    z.strictObject({ isSet: z.boolean(), setAt: z.iso.datetime().nullable() }),
  ])
  return z.strictObject({
    name: z.literal(name),
    values: z.strictObject(values.shape).nullable().describe('Null where nothing is set'),
    secrets: z.strictObject(Object.fromEntries(fields)),
    changedAt: z.iso.datetime().nullable(),
    changedBy: z.string().nullable().describe('The key or user'),
  })
}
