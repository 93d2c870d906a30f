import type { Module } from '../module.ts'

/** So far the port of channels alone: nothing is sent yet. */
export const notificationsModule: Module = { name: 'notifications' }
