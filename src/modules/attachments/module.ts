import type { Module } from '../module.ts'
import { attachmentEvents } from './events.ts'
import { personalRows } from './personal.ts'
import { attachmentRoutes } from './routes.ts'
import { attachmentSettings } from './settings.ts'

export const attachmentsModule: Module = {
  name: 'attachments',
  personal: personalRows,
  events: attachmentEvents,
  settings: [attachmentSettings],
  start: () => ({ routes: attachmentRoutes() }),
}
