// transformers.js as its guide uses it, with the same weights: batches of 32 in the order given, padded to the longest.
import { AutoModel, AutoTokenizer, env } from '@huggingface/transformers'

env.allowRemoteModels = false
env.allowLocalModels = true
env.localModelPath = '/models/'
env.backends.onnx.wasm.wasmPaths = '/node_modules/onnxruntime-web/dist/'
// Its default leaves half the cores idle; `?threads=` gives it as many as asked.
const threads = new URLSearchParams(location.search).get('threads')
if (threads) env.backends.onnx.wasm.numThreads = Number(threads)

const tokenizer = await AutoTokenizer.from_pretrained('minilm')
const model = await AutoModel.from_pretrained('minilm', {
  dtype: 'fp32',
  device: 'wasm',
  config: { model_type: 'bert' },
})

async function embed(texts) {
  const vectors = []
  for (let at = 0; at < texts.length; at += 32) {
    const inputs = tokenizer(texts.slice(at, at + 32), { padding: true, truncation: true, max_length: 256 })
    const { embedding } = await model(inputs)
    vectors.push(...embedding.data)
  }
  return vectors
}

window.embedAll = async (texts) => {
  await embed(texts.slice(0, 8).map((text) => `warm up: ${text}`))
  const began = performance.now()
  const vectors = await embed(texts)
  return { ms: performance.now() - began, vectors }
}
