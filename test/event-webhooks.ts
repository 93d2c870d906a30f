import type { EventWalk } from './event-walk.ts'

/** Walks through webhooks: an endpoint, a new secret, a trial, a replay. Nobody listens there. */
export async function walkWebhooks(walk: EventWalk): Promise<void> {
  const endpoints = '/v1/webhook-endpoints'
  const crm = { endpoint: 'crm' }
  const draft = { key: 'crm', url: 'https://nobody.invalid/kvit', types: ['invoice.*'] }
  await walk.ask(`POST ${endpoints}`, {}, { body: draft }, ['webhook_endpoint.created'])
  const one = `${endpoints}/{endpoint}`
  await walk.ask(`PATCH ${one}`, crm, { body: { ordered: true } }, ['webhook_endpoint.updated'])
  await walk.ask(`POST ${one}/secrets`, crm, { body: {} }, ['webhook_endpoint.secret_made'])
  await walk.ask(`POST ${one}/trials`, crm, { body: {} }, ['webhook_endpoint.tested'])
  const since = { from: '2020-01-01T00:00:00Z', types: ['*'] }
  await walk.ask(`POST ${one}/replays`, crm, { body: since }, ['webhook_endpoint.replayed'])
  await walk.ask(`DELETE ${one}`, crm, {}, ['webhook_endpoint.deleted'])
}
