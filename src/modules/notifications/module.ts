import type { Module, Parts } from '../module.ts'
import { channelRoutes } from './channel-routes.ts'
import { smppSettings } from './channel-settings.ts'
import type { ChannelNeeds } from './channels.ts'
import { mailSettings } from './settings.ts'

/** The port of channels, and what of them a tenant has set up: documents go through its mail server. */
export const notificationsModule: Module<Parts & ChannelNeeds> = {
  name: 'notifications',
  settings: [mailSettings, smppSettings],
  start: ({ settings, ...needs }) => ({
    routes: channelRoutes(settings, needs),
    close: async () => needs.connectChannels.close(),
  }),
}
