/**
 * What panels say also stands in the page, unseen: screen readers and speech output on the headset find words there,
 * not pictures of words.
 */
const parts = new Map<string, HTMLElement>()

function region(): HTMLElement {
  const found = document.getElementById('headset-words')
  if (found) return found
  const made = document.createElement('section')
  made.id = 'headset-words'
  made.className = 'unseen'
  made.setAttribute('aria-label', 'In the headset')
  made.setAttribute('aria-live', 'polite')
  document.body.append(made)
  return made
}

/** Let the panel called `name` say this, or nothing more. */
export function speak(name: string, words: string | null): void {
  const part = parts.get(name)
  if (words === null) {
    part?.remove()
    parts.delete(name)
    return
  }
  if (part) {
    if (part.textContent !== words) part.textContent = words
    return
  }
  const made = document.createElement('p')
  made.dataset.panel = name
  made.textContent = words
  region().append(made)
  parts.set(name, made)
}
