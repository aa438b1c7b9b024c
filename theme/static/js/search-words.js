// Words of a question, folded as plugins/search_index/folding.py folds the texts: small letters, no accents, « œ » as « oe »,
// elided articles cut off. What one side does and the other does not is never found; tests/search holds both to the same words.

const WORD = /[\p{L}\p{N}]+/gu;
const APOSTROPHES = new Set("'’‘ʼ′`´");
const ELIDED = new Set("c d j l m n s t qu jusqu lorsqu puisqu quoiqu".split(" "));
const LIGATURES = { œ: "oe", æ: "ae", ø: "o", ß: "ss", ł: "l", đ: "d" };
const STOP_WORDS = new Set(
  ("a ai as au aux avec c ca car ce cela ces cet cette ceux chez combien comme comment d dans de des donc dont du elle elles en est et " +
    "etre ete il ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ont ou par pas pour pourquoi qu " +
    "quand que quel quelle quelles quels qui s sa se ses si soi son sont sur t ta te tes toi ton tu un une vos votre vous y").split(" "),
);

/** One word in small letters, without accents, ligatures and signs; the feminine of « é » and « ier » as the masculine. */
export function fold(word) {
  return word
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[œæøßłđ]/g, (letter) => LIGATURES[letter])
    .replace(/[^\p{L}\p{N}]+/gu, "")
    .replace(/([a-z]{2}(?:e|ier))e(s?)$/, "$1$2");
}

/** The folded words of a text in order, elided articles left out. */
export function words(text) {
  const whole = text.normalize("NFC");
  const found = [];
  let joined = "";
  for (const match of whole.matchAll(WORD)) {
    const end = match.index + match[0].length;
    const follows = APOSTROPHES.has(whole[end]) && /^[\p{L}\p{N}]/u.test(whole.slice(end + 1, end + 3));
    const low = match[0].toLowerCase();
    if (follows && ELIDED.has(low)) continue;
    if (follows && low === "aujourd") {
      joined = match[0];
      continue;
    }
    found.push(fold(joined + match[0]));
    joined = "";
  }
  return found;
}

/** Whether a folded word says nothing about a page. */
export function isStopWord(word) {
  return STOP_WORDS.has(word);
}

/** The words of a text that say something; all of them where nothing else is left. */
export function telling(text) {
  const found = words(text);
  const kept = found.filter((word) => !STOP_WORDS.has(word));
  return kept.length ? kept : found;
}

/** The longest beginning of a word that is a piece (plugins/search_index/suggestions.py). */
export function beginning(word, pieces) {
  if (!/^[a-z0-9]+$/.test(word)) return pieces.has("_") ? "_" : undefined;
  for (let length = word.length; length > 0; length -= 1) if (pieces.has(word.slice(0, length))) return word.slice(0, length);
  return undefined;
}
