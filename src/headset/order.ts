/** Render orders after all of the space's own (which stay below 20): panels over the space, hands and rays over panels. */
export const drawnAfterSpace = { panels: 20, hands: 30, rays: 31, cursors: 32 }
