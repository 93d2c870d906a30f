/** @public Other modules have customers told by it. */
export { askNotice } from './ask-notice.ts'
export type { ChannelNeeds } from './channels.ts'
export { mailOf } from './mail.ts'
export { notificationsModule } from './module.ts'
export type { NotificationChannel, OpenMail, SendAnswer } from './ports.ts'
