import { beforeEach, expect, test } from 'vitest'
import { noticesStore, notify } from '../../../src/state/notices.ts'

const texts = () => noticesStore.getState().notices.map(({ text }) => text)

beforeEach(() => noticesStore.setState({ notices: [] }))

test('a trouble and its way on are not pushed away by what is merely said', () => {
  notify('The encoder could not be fetched.', 'trouble', { label: 'Try again', run: () => undefined })
  for (let i = 0; i < 20; i++) notify(`Landed ${i}`)
  expect(texts()).toEqual(['The encoder could not be fetched.', 'Landed 16', 'Landed 17', 'Landed 18', 'Landed 19'])
})

test('the same words are said once, as the newest', () => {
  notify('No connection.', 'trouble')
  notify('Saved.')
  notify('No connection.', 'trouble')
  expect(texts()).toEqual(['Saved.', 'No connection.'])
})

test('troubles alone make room by age', () => {
  for (let i = 0; i < 7; i++) notify(`Trouble ${i}`, 'trouble')
  expect(texts()).toEqual(['Trouble 2', 'Trouble 3', 'Trouble 4', 'Trouble 5', 'Trouble 6'])
})
