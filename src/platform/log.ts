import pino, { type Logger } from 'pino'

/** Logs go to standard error, as JSON lines; keys and bodies never appear in them. */
export function createLog(level: string): Logger {
  return pino(
    { level, redact: ['req.headers.authorization', 'headers.authorization'] },
    pino.destination({ fd: 2, sync: true }),
  )
}
