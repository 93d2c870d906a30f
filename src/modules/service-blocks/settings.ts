import { z } from 'zod'
import { FIELD_LIMITS } from '../../core/mediation/usage-batch.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'
import { markAllUnread } from './store.ts'

const MAX_TYPES = 100
const types = z.array(z.string().min(1).max(FIELD_LIMITS.type)).max(MAX_TYPES)

export const blockSettings = settingsType({
  name: 'service-blocks',
  meaning: 'Which types of usage blocks take for incoming use and for data; every other type is outgoing use.',
  values: z.object({
    incomingTypes: types
      .default([])
      .describe('Types of usage that others begin, such as `call-in`: a block of outgoing use lets them through'),
    dataTypes: types.default(['data']).describe('Types of usage of data, such as `data`'),
  }),
  secrets: {},
  needs: ['blocks:write'],
  // What is charged by now, is charged by what is set.
  onSet: async (db) => markAllUnread(db),
})
