import { Tokenizer } from '@huggingface/tokenizers'

/** Text to token ids and back, as the model's own tokenizer.json says. */
export interface TextTokens {
  /** Ids with the special tokens of the tokenizer's template, where it has one. */
  encode(text: string): number[]
  /** Text of the ids; special tokens are left out. */
  decode(ids: number[]): string
  /** The piece as it stands in the vocabulary ('Ġword', '##ing'). */
  piece(id: number): string
}

/** @param json content of tokenizer.json, @param config content of tokenizer_config.json */
export function makeTokenizer(json: Uint8Array, config: Uint8Array): TextTokens {
  const parse = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes))
  const tokenizer = new Tokenizer(parse(json), parse(config))
  return {
    encode: (text) => tokenizer.encode(text).ids,
    decode: (ids) =>
      ids.length ? tokenizer.decode(ids, { skip_special_tokens: true, clean_up_tokenization_spaces: false }) : '',
    piece: (id) => tokenizer.id_to_token(id) ?? '',
  }
}
