import { fcmChannels } from '../adapters/fcm/fcm-channel.ts'
import { guardedHttp } from '../adapters/guarded-http/guarded-http.ts'
import { SmppChannels } from '../adapters/smpp/smpp-channel.ts'
import { smsHttpChannel } from '../adapters/sms-http/sms-http-channel.ts'
import { telegramChannel } from '../adapters/telegram/telegram-channel.ts'
import { voiceChannel } from '../adapters/twilio-voice/voice-channel.ts'
import { webPushChannel } from '../adapters/web-push/web-push-channel.ts'
import type { ConnectChannels } from '../modules/notifications/ports.ts'

/** What channels of tenants go through, besides e-mail. @param privateHosts servers in private networks that tenants may name */
export function notificationChannels(privateHosts: readonly string[]): ConnectChannels {
  const smpp = new SmppChannels(privateHosts)
  const http = guardedHttp(privateHosts)
  return {
    smpp: (tenant, server) => smpp.open(tenant, server),
    smsHttp: (gateway) => smsHttpChannel(gateway, http),
    webPush: (sender) => webPushChannel(sender, http),
    telegram: (bot) => telegramChannel(bot, http),
    fcm: fcmChannels(http),
    voice: (caller) => voiceChannel(caller, http),
    close: () => smpp.close(),
  }
}
