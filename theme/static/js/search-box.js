// The search box on every page: nothing but a form until it is used; then what suggests titles is loaded, once.

const input = document.querySelector("input[data-suggest]");
input?.addEventListener(
  "focus",
  async () => {
    const { suggest } = await import("./search-suggest.js");
    suggest(input);
  },
  { once: true },
);
