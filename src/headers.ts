/**
 * The headers a host must send. Threads in WebAssembly need a cross-origin isolated page
 * (https://developer.mozilla.org/en-US/docs/Web/API/Window/crossOriginIsolated); without them the app runs on one thread.
 */
export const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}

/**
 * Nothing but our own files and WebAssembly runs. `unsafe-inline` holds for styles only: uploaded text never becomes
 * HTML, and the component library positions its layers with style elements. Blob URLs carry downloads and the textures
 * of controller models.
 */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')
