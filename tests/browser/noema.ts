import type { Page } from 'playwright-core'

/** The steps every browser test takes, as a person would see them. */

/** Wait until the space has its passages. */
export async function inhabited(page: Page): Promise<void> {
  await page.waitForFunction(() => window.noema?.nodes().length > 0, undefined, { timeout: 60_000 })
}

/** Wait until the models are there: from then on a pull finds words. */
export async function modelsReady(page: Page): Promise<void> {
  await page.evaluate(() => window.noema.ready())
}

/** Open a text through the paste dialog. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Paste a text' }).click()
  await page.getByRole('textbox', { name: 'The text' }).fill(text)
  await page.getByRole('button', { name: 'Read it' }).click()
}

/** Wait for a message whose text has these words; its full text. */
export async function message(page: Page, words: RegExp | string): Promise<string> {
  const notice = page.getByLabel('Messages').getByRole('listitem').filter({ hasText: words }).first()
  await notice.waitFor({ timeout: 60_000 })
  return (await notice.locator('p').textContent()) ?? ''
}

/** Twelve sentences of a person, a place and a change of mind. */
export const shortText = `The bridge was closed for the winter. Nobody in the village liked it. My neighbour said that it was a mistake. I did not agree with him at first.

We walked along the river every morning. The water is cold and the path is narrow. Why should anyone want to cross here? The old ferry is slow, but it never fails.

In March the council opened the bridge again. He was glad, and he told everyone. I still take the ferry. Perhaps I have learned to like the waiting.`
