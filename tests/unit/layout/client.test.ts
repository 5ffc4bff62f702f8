import { type Endpoint, expose } from 'comlink'
import { expect, test } from 'vitest'
import { createLayoutClient } from '../../../src/layout/client.ts'
import { LayoutService } from '../../../src/layout/service.ts'
import { unitVectors } from '../state/projects.ts'

test('who was stopped before asking for a map does not stop the one that is being made', async () => {
  const { port1, port2 } = new MessageChannel()
  expose(new LayoutService(), port2 as unknown as Endpoint)
  const client = createLayoutClient(() => ({
    endpoint: port1 as unknown as Endpoint,
    onCrash: () => undefined,
    end: () => undefined,
  }))
  const vectors = unitVectors(12, 1)
  const map = client.map(vectors)
  await expect(client.map(unitVectors(12, 2), { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  })
  expect((await map).positions).toHaveLength(36)
  port1.close()
})
