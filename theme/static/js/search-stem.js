// Stems of folded French words: Snowball's algorithm (https://snowballstem.org/algorithms/french/stemmer.html, version 3.1), written for
// words of a to z only, so everything about accents is left out. tests/search compares it with Python's `snowballstemmer`, word by word.
// Inside, U, I and Y stand for the letters u, i, y where they are consonants.

const VOWELS = "aeiouy";
const isVowel = (letter) => letter !== undefined && VOWELS.includes(letter);

// Endings and what becomes of them, as in Snowball's `standard_suffix`; the longest that fits counts.
const STANDARD = {
  delete: ["iqUe", "ance", "able", "isme", "iste", "iqUes", "ances", "ables", "ismes", "istes", "eux"],
  ation: ["atrice", "ation", "ateur", "atrices", "ations", "ateurs"],
  logie: ["logie", "logies"],
  usion: ["usion", "ution", "usions", "utions"],
  ence: ["ence", "ences"],
  ement: ["ement", "ements"],
  if: ["if", "ive", "ifs", "ives"],
  eaux: ["eaux"],
  aux: ["aux"],
  oux: ["oux"],
  euse: ["euse", "euses"],
  issement: ["issement", "issements"],
  amment: ["amment"],
  emment: ["emment"],
  ment: ["ment", "ments"],
};
const STANDARD_ENDINGS = byLength(Object.entries(STANDARD).flatMap(([rule, endings]) => endings.map((ending) => [ending, rule])));
const I_VERB_ENDINGS = byLength(
  ("ira ie isse issante i irai ir iras ies isses issantes is irais issais irions issions irons issons issants it irait issait issant " +
    "iraIent issaIent irent issent iront iriez issiez irez issez").split(" ").map((ending) => [ending, ""]),
);
const VERB_ENDINGS = byLength([
  ["ions", "ions"],
  ..."era erai er eras eais erais erions erons erait eraIent eront ez iez eriez erez".split(" ").map((ending) => [ending, "cut"]),
  ..."a asse ante ai as asses antes assions ants ait ant aIent assent assiez".split(" ").map((ending) => [ending, "cut e"]),
  ..."aise aises ais".split(" ").map((ending) => [ending, "ais"]),
]);
const RESIDUAL_ENDINGS = byLength([["e", "cut"], ["ion", "ion"], ["Ier", "i"], ["ier", "i"]]);

function byLength(pairs) {
  return pairs.sort((one, other) => other[0].length - one[0].length);
}

/** The longest of the endings that a word has at or after `from`, as [ending, rule]. */
function ending(word, endings, from = 0) {
  return endings.find(([text]) => word.length - text.length >= from && word.endsWith(text));
}

/** Marks the vowels that are consonants here. A place is looked at again after each change, as Snowball's `goto` does. */
function prelude(word) {
  const letters = [...word];
  for (let at = 0; at < letters.length; ) {
    const [here, next, after] = letters.slice(at, at + 3);
    if (isVowel(here) && ((next === "u" || next === "i") && isVowel(after) || next === "y")) letters[at + 1] = next.toUpperCase();
    else if (here === "y" && isVowel(next)) letters[at] = "Y";
    else if (here === "q" && next === "u") letters[at + 1] = "U";
    else at += 1;
  }
  return letters.join("");
}

/** Where, from `at` on, the text after the next vowel (or with `vowel` false, consonant) begins; undefined if nowhere. */
function past(word, at, vowel = true) {
  for (let place = at; place < word.length; place += 1) if (isVowel(word[place]) === vowel) return place + 1;
  return undefined;
}

/** The regions RV, R1, R2 as the places where they begin. */
function regions(word) {
  const all = word.length;
  let rv;
  if (isVowel(word[0]) && isVowel(word[1]) && all > 2) rv = 3;
  else if (/^(?:col|par|tap)/.test(word)) rv = 3;
  else if (/^ni/.test(word) && isVowel(word[2])) rv = 3;
  else rv = past(word, 1);
  const after = (at) => {
    const vowel = past(word, at);
    return vowel === undefined ? undefined : past(word, vowel, false);
  };
  const r1 = after(0);
  const r2 = r1 === undefined ? undefined : after(r1);
  return { rv: rv ?? all, r1: r1 ?? all, r2: r2 ?? all };
}

/** Without `text` at the end, if it stands there and begins at or after `from`; else undefined. */
function without(word, text, from) {
  return word.endsWith(text) && word.length - text.length >= from ? word.slice(0, -text.length) : undefined;
}

/** « ic » at the end: cut in R2, else « iqU ». */
function ic(word, { r2 }) {
  if (!word.endsWith("ic")) return word;
  const bare = word.slice(0, -2);
  return bare.length >= r2 ? bare : `${bare}iqU`;
}

/** What may stand before « ement ». */
function beforeEment(word, { r1, r2 }) {
  const found = ending(word, [["iqU", "cut"], ["abl", "cut"], ["eus", "eux"], ["iv", "iv"]]);
  if (!found) return word;
  const bare = word.slice(0, -found[0].length);
  if (found[1] === "eux" && bare.length < r2) return bare.length >= r1 ? `${bare}eux` : word;
  if (bare.length < r2) return word;
  return found[1] === "iv" ? (without(bare, "at", r2) ?? bare) : bare;
}

/** The first step: [word, whether it counts as done]. */
function standard(word, where) {
  const { rv, r1, r2 } = where;
  const found = ending(word, STANDARD_ENDINGS);
  if (!found) return [word, false];
  const bare = word.slice(0, -found[0].length);
  const from = bare.length;
  const no = [word, false];
  switch (found[1]) {
    case "delete": return from >= r2 ? [bare, true] : no;
    case "ation": return from >= r2 ? [ic(bare, where), true] : no;
    case "logie": return from >= r2 ? [`${bare}log`, true] : no;
    case "usion": return from >= r2 ? [`${bare}u`, true] : no;
    case "ence": return from >= r2 ? [`${bare}ent`, true] : no;
    case "ement": return from >= rv ? [beforeEment(bare, where), true] : no;
    case "if": {
      if (from < r2) return no;
      const shorter = without(bare, "at", r2);
      return [shorter === undefined ? bare : ic(shorter, where), true];
    }
    case "eaux": return [`${bare}eau`, true];
    case "aux": return from >= r1 ? [`${bare}al`, true] : no;
    case "oux": return /[bhjlnp]$/.test(bare) ? [`${bare}ou`, true] : no;
    case "euse": return from >= r2 ? [bare, true] : from >= r1 ? [`${bare}eux`, true] : no;
    case "issement": return from >= r1 && from > 0 && !isVowel(bare[from - 1]) ? [bare, true] : no;
    case "amment": return from >= rv ? [`${bare}ant`, false] : no;
    case "emment": return from >= rv ? [`${bare}ent`, false] : no;
    default: return isVowel(bare[from - 1]) && from - 1 >= rv ? [bare, false] : no; // « ment »
  }
}

function iVerb(word, { rv }) {
  const found = ending(word, I_VERB_ENDINGS, rv);
  if (!found) return undefined;
  const bare = word.slice(0, -found[0].length);
  return bare.length > rv && !isVowel(bare[bare.length - 1]) ? bare : undefined;
}

function verb(word, { rv, r2 }) {
  const found = ending(word, VERB_ENDINGS, rv);
  if (!found) return undefined;
  const bare = word.slice(0, -found[0].length);
  if (found[1] === "ions") return bare.length >= r2 ? bare : undefined;
  if (found[1] === "cut e") return without(bare, "e", rv) ?? bare;
  if (found[1] === "ais") return /^.al$|auv$/.test(bare) ? undefined : bare; // « balais », « mauvais »
  return bare;
}

function residual(word, { rv, r2 }) {
  const bare = /[^aious]s$/.test(word) ? word.slice(0, -1) : word;
  const found = ending(bare, RESIDUAL_ENDINGS, rv);
  if (!found) return bare;
  const shorter = bare.slice(0, -found[0].length);
  if (found[1] === "i") return `${shorter}i`;
  if (found[1] === "cut") return shorter;
  return shorter.length >= r2 && shorter.length > rv && /[st]$/.test(shorter) ? shorter : bare;
}

/** The stem of a folded word. The plural is cut off first: Snowball's stems of « ménager » and « ménagers » differ. */
export function stem(word) {
  const marked = prelude(word.replace(/([a-z]{2}[^aious])s$/, "$1"));
  const where = regions(marked);
  const [first, done] = standard(marked, where);
  const cut = done ? first : (iVerb(first, where) ?? verb(first, where));
  const stemmed = cut === undefined ? residual(first, where) : cut.replace(/Y$/, "i");
  return (/(?:ell|eill|enn|onn|ett)$/.test(stemmed) ? stemmed.slice(0, -1) : stemmed).replace(/[IUY]/g, (letter) => letter.toLowerCase());
}
