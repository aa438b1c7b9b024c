// While somebody fills in a form, the browser works a little, so that machines cannot send thousands (ALTCHA v2, altcha.org).
// <form data-captcha="address of the challenge"> with <input type="hidden" name="captcha">. Whatever fails, the form is sent all the
// same, without a solution: the service then looks at it more closely.

const AT_ONCE = 8;
const EARLY = 60; // seconds before it expires that a solution is renewed
const PATIENCE = 20000; // milliseconds that a form waits for its solution once it is sent

const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const begins = (bytes, start) => start.every((byte, place) => bytes[place] === byte);

const derive = async ({ nonce, salt, cost, keyLength, algorithm }, counter) => {
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  new DataView(password.buffer).setUint32(nonce.length, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: algorithm.replace("PBKDF2/", ""), salt, iterations: cost };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, keyLength * 8));
};

const counterOf = async (parameters) => {
  const start = fromHex(parameters.keyPrefix);
  const given = { ...parameters, nonce: fromHex(parameters.nonce), salt: fromHex(parameters.salt) };
  for (let counter = 0; counter < 2 ** 20; counter += AT_ONCE) {
    const tried = await Promise.all(Array.from({ length: AT_ONCE }, (_, step) => derive(given, counter + step)));
    const found = tried.findIndex((bytes) => begins(bytes, start));
    if (found >= 0) return { counter: counter + found, derivedKey: toHex(tried[found]) };
  }
  throw new Error("no counter fits");
};

export const solve = async (address) => {
  const answer = await fetch(address, { credentials: "omit", cache: "no-store" });
  if (!answer.ok) throw new Error(`no challenge: ${answer.status}`);
  const challenge = await answer.json();
  const solution = await counterOf(challenge.parameters);
  return { text: btoa(JSON.stringify({ challenge, solution })), expires: challenge.parameters.expiresAt };
};

const watch = (form) => {
  const input = form.elements.namedItem("captcha");
  if (!input || !globalThis.crypto?.subtle) return;
  let work;
  let expires = 0;
  let isReady = false;
  const isFresh = () => input.value && expires - Date.now() / 1000 > EARLY;
  const begin = () => {
    if (isFresh()) return Promise.resolve();
    input.value = "";
    work ??= solve(form.dataset.captcha)
      .then((found) => {
        input.value = found.text;
        expires = found.expires;
      }, () => {})
      .finally(() => {
        work = undefined;
      });
    return work;
  };
  form.addEventListener("focusin", begin, { once: true });
  // On the document, so that whoever refuses the form because of what is in it has done so before.
  document.addEventListener("submit", (event) => {
    if (event.target !== form || event.submitter?.formTarget || event.defaultPrevented || isReady || isFresh()) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    const button = event.submitter;
    form.ariaBusy = "true";
    const late = new Promise((done) => setTimeout(done, PATIENCE));
    Promise.race([begin(), late]).then(() => {
      isReady = true;
      form.requestSubmit(button);
    });
  });
  // Back from the next page, the form can be sent again.
  addEventListener("pageshow", () => {
    isReady = false;
    form.ariaBusy = null;
  });
};

document.querySelectorAll("form[data-captcha]").forEach(watch);
