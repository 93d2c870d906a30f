import { Refusal } from '../../platform/problems.ts'

/** SQLSTATE classes of what a value is to blame for: data that cannot be stored, a constraint that it breaks. */
const OF_VALUES = /^(?:22|23)[0-9A-Z]{3}$/

/**
 * A commit hook that fails for a reason of its caller fails that caller for good: told to send the same again, it would stop
 * everybody again and again. All others, whose writes were rolled back with it, are told to.
 */
export async function alone(
  hook: Promise<void>,
  command: { reject(reason: unknown): void } | undefined,
): Promise<void> {
  try {
    await hook
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (typeof code === 'string' && OF_VALUES.test(code))
      command?.reject(new Refusal('unprocessable', `it cannot be stored: ${(error as Error).message}`))
    throw error
  }
}
