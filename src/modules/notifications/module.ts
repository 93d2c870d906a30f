import type { Module } from '../module.ts'
import { mailSettings } from './settings.ts'

/** The port of channels, and the mail server of a tenant, which documents go through. */
export const notificationsModule: Module = { name: 'notifications', settings: [mailSettings] }
